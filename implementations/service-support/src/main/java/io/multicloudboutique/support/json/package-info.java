/** JSON that is read as strictly as the contracts say. */
@NullMarked
package io.multicloudboutique.support.json;

import org.jspecify.annotations.NullMarked;
