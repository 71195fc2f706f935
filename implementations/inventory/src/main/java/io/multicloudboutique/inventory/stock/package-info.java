/** Products, the reservations that hold their stock, and the movements that record every change of stock. */
@NullMarked
package io.multicloudboutique.inventory.stock;

import org.jspecify.annotations.NullMarked;
