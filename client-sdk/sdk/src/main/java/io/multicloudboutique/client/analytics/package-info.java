/** How transactions went, summed up. */
@NullMarked
package io.multicloudboutique.client.analytics;

import org.jspecify.annotations.NullMarked;
