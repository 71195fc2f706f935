/**
 * The implementation of the client for the inventory service, and the types that are generated from the inventory
 * contract. This package is not part of the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.inventory;

import org.jspecify.annotations.NullMarked;
