/** The furniture catalogue: items and their prices. */
@NullMarked
package io.multicloudboutique.furniture.catalogue;

import org.jspecify.annotations.NullMarked;
