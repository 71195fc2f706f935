package io.multicloudboutique.client.analytics;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * How a transaction went.
 *
 * @param transactionType the type of the transaction
 * @param durationMs how long it took, in milliseconds with at most three decimals
 * @param success whether it succeeded
 * @param timestamp when it was recorded
 */
public record Metric(String transactionType, BigDecimal durationMs, boolean success, Instant timestamp) {}
