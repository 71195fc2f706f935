/** Pacts and contracts agree. */
@NullMarked
package io.multicloudboutique.contracts.openapi;

import org.jspecify.annotations.NullMarked;
