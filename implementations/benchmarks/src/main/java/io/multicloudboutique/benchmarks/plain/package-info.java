/**
 * The peer "plain": the same operations on the same stack as our services (WebFlux, R2DBC), written directly: a statement
 * per request, no batches. The difference between this peer and our services is what our design gains or costs.
 */
package io.multicloudboutique.benchmarks.plain;
