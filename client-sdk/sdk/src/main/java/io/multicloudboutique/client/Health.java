package io.multicloudboutique.client;

import java.time.Instant;

/**
 * Whether a service can serve.
 *
 * @param healthy whether it can
 * @param service its name
 * @param timestamp when it said so
 */
public record Health(boolean healthy, String service, Instant timestamp) {}
