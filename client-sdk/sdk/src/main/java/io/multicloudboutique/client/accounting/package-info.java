/** The client for the accounting service, which manages transactions. */
@NullMarked
package io.multicloudboutique.client.accounting;

import org.jspecify.annotations.NullMarked;
