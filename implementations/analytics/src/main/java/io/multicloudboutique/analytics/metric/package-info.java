/** What was measured of the transactions, and its summary. */
@NullMarked
package io.multicloudboutique.analytics.metric;

import org.jspecify.annotations.NullMarked;
