/**
 * Test support for all services: a running service, its real database, and an HTTP client that checks every response
 * against the contract.
 */
@NullMarked
package io.multicloudboutique.testing;

import org.jspecify.annotations.NullMarked;
