/** The calls to the inventory; beside it what is generated from its contract. No part of the API. */
@NullMarked
package io.multicloudboutique.client.internal.inventory;

import org.jspecify.annotations.NullMarked;
