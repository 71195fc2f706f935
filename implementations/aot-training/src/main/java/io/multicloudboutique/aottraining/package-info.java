/** Trains the AOT cache of a service: the images' build and the benchmarks use it. */
@NullMarked
package io.multicloudboutique.aottraining;

import org.jspecify.annotations.NullMarked;
