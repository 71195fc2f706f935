package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.inventory.Reservation;
import java.util.Optional;

/**
 * The receipt of a placed order: the order is paid and recorded, and its goods have been deducted from the stock.
 *
 * @param orderId the id of the order
 * @param transaction the only transaction of the order; its price is the amount that was paid
 * @param reservation the confirmed hold; empty if none of the ordered items is stocked
 */
public record Receipt(String orderId, Transaction transaction, Optional<Reservation> reservation) {}
