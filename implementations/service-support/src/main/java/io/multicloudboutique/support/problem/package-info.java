/** Errors as problem details, from one closed catalogue. */
@NullMarked
package io.multicloudboutique.support.problem;

import org.jspecify.annotations.NullMarked;
