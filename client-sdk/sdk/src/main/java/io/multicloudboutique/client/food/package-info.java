/** The client for the food service, which manages the food catalogue. */
@NullMarked
package io.multicloudboutique.client.food;

import org.jspecify.annotations.NullMarked;
