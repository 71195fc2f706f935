/** Idempotency keys, which make POST requests safe to retry. */
@NullMarked
package io.multicloudboutique.support.idempotency;

import org.jspecify.annotations.NullMarked;
