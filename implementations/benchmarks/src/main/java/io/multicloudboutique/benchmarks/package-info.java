/**
 * Measures our services and their peers on one machine, in one run. {@link io.multicloudboutique.benchmarks.Benchmark}
 * starts a {@link io.multicloudboutique.benchmarks.Target} after the other for each
 * {@link io.multicloudboutique.benchmarks.Scenario}, and {@link io.multicloudboutique.benchmarks.Report} compares the
 * medians of their {@link io.multicloudboutique.benchmarks.Measurement}s.
 */
@NullMarked
package io.multicloudboutique.benchmarks;

import org.jspecify.annotations.NullMarked;
