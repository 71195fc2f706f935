/** The client for the furniture service, which manages the furniture catalogue. */
@NullMarked
package io.multicloudboutique.client.furniture;

import org.jspecify.annotations.NullMarked;
