/**
 * The implementation of the client for the accounting service, and the types that are generated from the accounting
 * contract. This package is not part of the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.accounting;

import org.jspecify.annotations.NullMarked;
