package io.multicloudboutique.client.analytics;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The performance metric of a transaction. Immutable.
 *
 * @param transactionType the type of the transaction
 * @param durationMs the duration of the transaction in milliseconds, with at most three decimal places
 * @param success whether the transaction succeeded
 * @param timestamp the time at which the metric was recorded
 */
public record Metric(String transactionType, BigDecimal durationMs, boolean success, Instant timestamp) {}
