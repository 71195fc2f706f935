/** Totals that cost the same at any size. */
@NullMarked
package io.multicloudboutique.support.totals;

import org.jspecify.annotations.NullMarked;
