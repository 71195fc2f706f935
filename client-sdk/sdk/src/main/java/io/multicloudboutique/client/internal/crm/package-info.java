/**
 * The implementation of the client for the CRM service, and the types that are generated from the CRM contract. This
 * package is not part of the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.crm;

import org.jspecify.annotations.NullMarked;
