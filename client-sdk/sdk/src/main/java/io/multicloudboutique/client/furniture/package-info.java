/** The client for furniture: the furniture catalogue. */
@NullMarked
package io.multicloudboutique.client.furniture;

import org.jspecify.annotations.NullMarked;
