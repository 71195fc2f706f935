/**
 * The exceptions that a call can throw: one tree of unchecked exceptions, derived from the problem codes of the
 * contracts.
 */
@NullMarked
package io.multicloudboutique.client.errors;

import org.jspecify.annotations.NullMarked;
