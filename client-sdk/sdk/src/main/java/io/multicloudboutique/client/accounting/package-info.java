/** Transactions, with the customers of the CRM. */
@NullMarked
package io.multicloudboutique.client.accounting;

import org.jspecify.annotations.NullMarked;
