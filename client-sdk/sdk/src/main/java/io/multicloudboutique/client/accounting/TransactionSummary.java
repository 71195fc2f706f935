package io.multicloudboutique.client.accounting;

import java.math.BigDecimal;

/**
 * The sum of all transactions that a query matches, on all pages.
 *
 * @param totalTransactions how many there are
 * @param totalAmount the sum of their prices
 */
public record TransactionSummary(long totalTransactions, BigDecimal totalAmount) {}
