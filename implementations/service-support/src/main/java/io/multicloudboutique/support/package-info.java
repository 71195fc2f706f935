/**
 * The behaviour that all contracts have in common. A service adds only its contract, its domain logic, its SQL and a
 * few lines of configuration.
 */
@NullMarked
package io.multicloudboutique.support;

import org.jspecify.annotations.NullMarked;
