package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.inventory.Reservation;
import java.util.Optional;

/**
 * A placed order: paid, recorded, and its goods taken out of the stock.
 *
 * @param orderId the order's id
 * @param transaction the one transaction of the order; its price is what was paid
 * @param reservation the confirmed hold; empty if nothing of what was ordered is stocked
 */
public record Receipt(String orderId, Transaction transaction, Optional<Reservation> reservation) {}
