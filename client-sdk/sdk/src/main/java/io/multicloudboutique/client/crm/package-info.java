/** Customers. */
@NullMarked
package io.multicloudboutique.client.crm;

import org.jspecify.annotations.NullMarked;
