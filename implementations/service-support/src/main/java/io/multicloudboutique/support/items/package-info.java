/** Storage of items that have an id and a version. */
@NullMarked
package io.multicloudboutique.support.items;

import org.jspecify.annotations.NullMarked;
