/** Items that have an id and a version: how they are read, changed and deleted, one at a time. */
@NullMarked
package io.multicloudboutique.support.items;

import org.jspecify.annotations.NullMarked;
