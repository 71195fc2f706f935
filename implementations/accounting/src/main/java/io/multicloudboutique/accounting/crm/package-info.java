/** The client of the CRM, which accounting calls for customers. */
@NullMarked
package io.multicloudboutique.accounting.crm;

import org.jspecify.annotations.NullMarked;
