/** Calls to upstream services that may fail without failing the request. */
@NullMarked
package io.multicloudboutique.support.upstream;

import org.jspecify.annotations.NullMarked;
