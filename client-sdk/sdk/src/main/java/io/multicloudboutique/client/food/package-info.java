/** The food catalogue, with what the inventory has in stock. */
@NullMarked
package io.multicloudboutique.client.food;

import org.jspecify.annotations.NullMarked;
