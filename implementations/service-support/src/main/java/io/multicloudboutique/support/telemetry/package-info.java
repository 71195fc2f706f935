/** Metrics and traces of a service, and the management port that serves the metrics. */
@NullMarked
package io.multicloudboutique.support.telemetry;

import org.jspecify.annotations.NullMarked;
