/**
 * The implementation of the client for the analytics service, and the types that are generated from the analytics
 * contract. This package is not part of the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.analytics;

import org.jspecify.annotations.NullMarked;
