/** What a call can fail with: one tree of unchecked exceptions, made from the codes of the contracts. */
@NullMarked
package io.multicloudboutique.client.errors;

import org.jspecify.annotations.NullMarked;
