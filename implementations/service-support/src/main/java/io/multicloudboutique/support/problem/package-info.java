/** Error responses as problem details, from a closed catalogue of problems. */
@NullMarked
package io.multicloudboutique.support.problem;

import org.jspecify.annotations.NullMarked;
