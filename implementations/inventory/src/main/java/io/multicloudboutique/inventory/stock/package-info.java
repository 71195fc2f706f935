/** The products, what is in stock of each, and how it came to be so. */
@NullMarked
package io.multicloudboutique.inventory.stock;

import org.jspecify.annotations.NullMarked;
