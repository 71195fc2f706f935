/** Measures what a call with the SDK costs beyond the same exchange with the JDK's HTTP client. */
@NullMarked
package io.multicloudboutique.client.benchmarks;

import org.jspecify.annotations.NullMarked;
