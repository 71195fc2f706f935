/** A running service, its real database, and the one HTTP client of the tests, which checks every answer against the contract. */
@NullMarked
package io.multicloudboutique.testing;

import org.jspecify.annotations.NullMarked;
