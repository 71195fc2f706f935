/** Stock levels, reservations, and the history of both. */
@NullMarked
package io.multicloudboutique.inventory;

import org.jspecify.annotations.NullMarked;
