/** The client for the inventory service, which manages stock levels, reservations, and the history of stock changes. */
@NullMarked
package io.multicloudboutique.client.inventory;

import org.jspecify.annotations.NullMarked;
