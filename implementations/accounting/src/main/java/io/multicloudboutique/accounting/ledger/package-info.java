/** The transactions of the shop, and their summary. */
@NullMarked
package io.multicloudboutique.accounting.ledger;

import org.jspecify.annotations.NullMarked;
