/**
 * The implementation of the client for food. The types generated from its contract are in the same package. Not part of
 * the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.food;

import org.jspecify.annotations.NullMarked;
