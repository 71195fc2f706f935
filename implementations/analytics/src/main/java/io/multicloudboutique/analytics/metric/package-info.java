/** Performance metrics of transactions, and their summary. */
@NullMarked
package io.multicloudboutique.analytics.metric;

import org.jspecify.annotations.NullMarked;
