/** The client for analytics: performance metrics of transactions, and their summary. */
@NullMarked
package io.multicloudboutique.client.analytics;

import org.jspecify.annotations.NullMarked;
