/** Work that a service does without being asked. */
@NullMarked
package io.multicloudboutique.support.work;

import org.jspecify.annotations.NullMarked;
