/**
 * The implementation of the client for the food service, and the types that are generated from the food contract. This
 * package is not part of the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.food;

import org.jspecify.annotations.NullMarked;
