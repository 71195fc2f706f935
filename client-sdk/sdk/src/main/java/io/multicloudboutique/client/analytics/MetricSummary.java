package io.multicloudboutique.client.analytics;

/**
 * The summary of all metrics that match a query, on all pages.
 *
 * @param totalTransactions the number of measured transactions
 * @param successCount the number of transactions that succeeded
 * @param failureCount the number of transactions that failed
 * @param averageDurationMs the average duration in milliseconds, rounded half up; 0 if no metric matches
 */
public record MetricSummary(long totalTransactions, long successCount, long failureCount, int averageDurationMs) {}
