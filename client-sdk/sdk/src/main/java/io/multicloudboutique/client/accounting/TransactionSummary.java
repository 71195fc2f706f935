package io.multicloudboutique.client.accounting;

import java.math.BigDecimal;

/**
 * The summary of all transactions that match a query, on all pages.
 *
 * @param totalTransactions the number of transactions
 * @param totalAmount the sum of their prices, in the shop's currency
 */
public record TransactionSummary(long totalTransactions, BigDecimal totalAmount) {}
