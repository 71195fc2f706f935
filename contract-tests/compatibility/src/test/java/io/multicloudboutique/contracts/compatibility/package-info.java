/** What a contract promises is what its consumers rely on. */
@NullMarked
package io.multicloudboutique.contracts.compatibility;

import org.jspecify.annotations.NullMarked;
