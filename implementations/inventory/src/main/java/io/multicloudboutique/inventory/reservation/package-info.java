/** Reservations, which hold the stock for a whole cart for a limited time. */
@NullMarked
package io.multicloudboutique.inventory.reservation;

import org.jspecify.annotations.NullMarked;
