/** Records the expectations of each consumer in pacts. The tests call the client classes that run in production. */
@NullMarked
package io.multicloudboutique.contracts.consumer;

import org.jspecify.annotations.NullMarked;
