/** Stock levels, reservations and their history. */
@NullMarked
package io.multicloudboutique.client.inventory;

import org.jspecify.annotations.NullMarked;
