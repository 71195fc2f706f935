/** The rate limit of each caller, which is off by default. */
@NullMarked
package io.multicloudboutique.support.ratelimit;

import org.jspecify.annotations.NullMarked;
