/** Entity tags and preconditions. */
@NullMarked
package io.multicloudboutique.support.versions;

import org.jspecify.annotations.NullMarked;
