/** The client for accounting: transactions, with customers of the CRM. */
@NullMarked
package io.multicloudboutique.client.accounting;

import org.jspecify.annotations.NullMarked;
