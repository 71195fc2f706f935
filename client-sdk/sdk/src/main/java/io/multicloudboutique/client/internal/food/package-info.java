/** The calls to the food catalogue; beside it what is generated from its contract. No part of the API. */
@NullMarked
package io.multicloudboutique.client.internal.food;

import org.jspecify.annotations.NullMarked;
