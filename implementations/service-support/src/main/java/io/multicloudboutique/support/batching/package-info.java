/** Natural batching, which makes the cost of a request fall as the load grows. */
@NullMarked
package io.multicloudboutique.support.batching;

import org.jspecify.annotations.NullMarked;
