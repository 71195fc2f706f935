package io.multicloudboutique.client;

import java.time.Instant;

/**
 * The result of a health operation. Immutable.
 *
 * @param healthy whether the service can handle requests
 * @param service the name of the service
 * @param timestamp the time at which the service reported this state
 */
public record Health(boolean healthy, String service, Instant timestamp) {}
