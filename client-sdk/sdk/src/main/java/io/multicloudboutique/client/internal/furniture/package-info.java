/**
 * The implementation of the client for the furniture service, and the types that are generated from the furniture
 * contract. This package is not part of the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.furniture;

import org.jspecify.annotations.NullMarked;
