/** The calls to the furniture catalogue; beside it what is generated from its contract. No part of the API. */
@NullMarked
package io.multicloudboutique.client.internal.furniture;

import org.jspecify.annotations.NullMarked;
