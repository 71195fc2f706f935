/** The real services keep the pacts that are committed. */
@NullMarked
package io.multicloudboutique.contracts.provider;

import org.jspecify.annotations.NullMarked;
