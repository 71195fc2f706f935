/** Totals of items, whose cost does not depend on the number of items. */
@NullMarked
package io.multicloudboutique.support.totals;

import org.jspecify.annotations.NullMarked;
