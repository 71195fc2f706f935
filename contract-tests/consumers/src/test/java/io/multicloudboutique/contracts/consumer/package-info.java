/** What each consumer relies on. A test here drives the class that asks in production, and writes a pact. */
@NullMarked
package io.multicloudboutique.contracts.consumer;

import org.jspecify.annotations.NullMarked;
