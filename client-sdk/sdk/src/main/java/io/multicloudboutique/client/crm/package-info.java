/** The client for the CRM service, which manages customers. */
@NullMarked
package io.multicloudboutique.client.crm;

import org.jspecify.annotations.NullMarked;
