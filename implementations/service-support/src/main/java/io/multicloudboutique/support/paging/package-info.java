/** Keyset pagination of lists. */
@NullMarked
package io.multicloudboutique.support.paging;

import org.jspecify.annotations.NullMarked;
