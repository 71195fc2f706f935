/** Stock levels, reservations and their history. */
@NullMarked
package io.multicloudboutique.inventory;

import org.jspecify.annotations.NullMarked;
