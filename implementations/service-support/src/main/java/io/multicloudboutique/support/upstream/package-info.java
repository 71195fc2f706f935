/** Other services that are asked but not relied upon. */
@NullMarked
package io.multicloudboutique.support.upstream;

import org.jspecify.annotations.NullMarked;
