/** Background work of a service. */
@NullMarked
package io.multicloudboutique.support.work;

import org.jspecify.annotations.NullMarked;
