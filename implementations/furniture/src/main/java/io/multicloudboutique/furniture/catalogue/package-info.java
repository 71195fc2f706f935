/** What furniture there is, and at which price. */
@NullMarked
package io.multicloudboutique.furniture.catalogue;

import org.jspecify.annotations.NullMarked;
