/** The client for the analytics service, which manages performance metrics of transactions. */
@NullMarked
package io.multicloudboutique.client.analytics;

import org.jspecify.annotations.NullMarked;
