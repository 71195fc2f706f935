/** The calls to analytics; beside it what is generated from its contract. No part of the API. */
@NullMarked
package io.multicloudboutique.client.internal.analytics;

import org.jspecify.annotations.NullMarked;
