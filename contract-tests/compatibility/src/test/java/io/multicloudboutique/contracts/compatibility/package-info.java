/** Tests that the contracts promise everything that their consumers rely on. */
@NullMarked
package io.multicloudboutique.contracts.compatibility;

import org.jspecify.annotations.NullMarked;
