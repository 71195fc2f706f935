/** Requests that are safe to repeat. */
@NullMarked
package io.multicloudboutique.support.idempotency;

import org.jspecify.annotations.NullMarked;
