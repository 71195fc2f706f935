/** Lists in pages, by keyset. */
@NullMarked
package io.multicloudboutique.support.paging;

import org.jspecify.annotations.NullMarked;
