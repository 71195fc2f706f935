/** The client of Multicloud Boutique; start at {@link io.multicloudboutique.client.BoutiqueClient}. */
@NullMarked
package io.multicloudboutique.client;

import org.jspecify.annotations.NullMarked;
