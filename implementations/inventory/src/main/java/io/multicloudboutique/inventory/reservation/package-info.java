/** Carts that are held for a time, whole or not at all. */
@NullMarked
package io.multicloudboutique.inventory.reservation;

import org.jspecify.annotations.NullMarked;
