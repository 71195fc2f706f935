/** The CRM, as the accounting service sees it. */
@NullMarked
package io.multicloudboutique.accounting.crm;

import org.jspecify.annotations.NullMarked;
