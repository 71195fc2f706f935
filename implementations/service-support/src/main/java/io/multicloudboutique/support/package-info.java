/** What every contract promises, once, so that a service is its contract, its domain, its SQL and a few lines of wiring. */
@NullMarked
package io.multicloudboutique.support;

import org.jspecify.annotations.NullMarked;
