package io.multicloudboutique.benchmarks;

import java.util.OptionalDouble;

/**
 * One measurement of one target in one scenario. The values from {@code /proc} are empty on systems without it.
 *
 * @param incomplete whether some answers were incomplete and do not count
 * @param serviceCpu CPU time of the target's processes, in µs per request
 * @param databaseCpu CPU time of PostgreSQL, in µs per request
 * @param residentMegabytes memory of the target's processes afterwards
 */
record Measurement(
        double requestsPerSecond,
        boolean incomplete,
        double p50Milliseconds,
        double p99Milliseconds,
        OptionalDouble serviceCpu,
        OptionalDouble databaseCpu,
        OptionalDouble residentMegabytes) {}
