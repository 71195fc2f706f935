package io.multicloudboutique.client.analytics;

/**
 * The sum of all metrics that a query matches, on all pages.
 *
 * @param totalTransactions how many transactions were measured
 * @param successCount how many of them succeeded
 * @param failureCount how many of them failed
 * @param averageDurationMs their average duration in milliseconds, a half rounded up; 0 if there are none
 */
public record MetricSummary(long totalTransactions, long successCount, long failureCount, int averageDurationMs) {}
