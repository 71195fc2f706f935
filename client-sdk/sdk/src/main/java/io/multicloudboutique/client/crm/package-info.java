/** The client for the CRM: customers. */
@NullMarked
package io.multicloudboutique.client.crm;

import org.jspecify.annotations.NullMarked;
