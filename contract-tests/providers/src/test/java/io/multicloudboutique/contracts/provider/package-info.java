/** Verifies the pacts against the real services. */
@NullMarked
package io.multicloudboutique.contracts.provider;

import org.jspecify.annotations.NullMarked;
