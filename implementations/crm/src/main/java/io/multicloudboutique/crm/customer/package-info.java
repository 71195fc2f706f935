/** The customers of the shop. */
@NullMarked
package io.multicloudboutique.crm.customer;

import org.jspecify.annotations.NullMarked;
