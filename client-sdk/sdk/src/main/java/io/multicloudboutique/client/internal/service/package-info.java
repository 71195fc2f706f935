/**
 * The Feign interfaces that are generated from the contracts, and the clients that call them. This package is not part
 * of the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.service;

import org.jspecify.annotations.NullMarked;
