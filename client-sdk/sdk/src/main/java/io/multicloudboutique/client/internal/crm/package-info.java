/** The calls to the CRM; beside it what is generated from its contract. No part of the API. */
@NullMarked
package io.multicloudboutique.client.internal.crm;

import org.jspecify.annotations.NullMarked;
