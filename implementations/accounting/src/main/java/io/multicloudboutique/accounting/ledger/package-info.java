/** What was bought, when, by whom and for how much. */
@NullMarked
package io.multicloudboutique.accounting.ledger;

import org.jspecify.annotations.NullMarked;
