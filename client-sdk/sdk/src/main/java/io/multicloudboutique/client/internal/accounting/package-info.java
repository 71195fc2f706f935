/** The calls to accounting; beside it what is generated from its contract. No part of the API. */
@NullMarked
package io.multicloudboutique.client.internal.accounting;

import org.jspecify.annotations.NullMarked;
