/** Strict reading of JSON, as the contracts require. */
@NullMarked
package io.multicloudboutique.support.json;

import org.jspecify.annotations.NullMarked;
