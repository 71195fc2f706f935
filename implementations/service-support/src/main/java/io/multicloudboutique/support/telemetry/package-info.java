/** What an operator sees of a service: metrics, and the management port that serves them. */
@NullMarked
package io.multicloudboutique.support.telemetry;

import org.jspecify.annotations.NullMarked;
