/** Totals of items. Reading a total has a cost that does not depend on the number of items. */
@NullMarked
package io.multicloudboutique.support.totals;

import org.jspecify.annotations.NullMarked;
