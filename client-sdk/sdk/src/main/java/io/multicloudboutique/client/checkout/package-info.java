/** Places orders: holds the goods, takes the money, records it, and undoes all of it when it fails. */
@NullMarked
package io.multicloudboutique.client.checkout;

import org.jspecify.annotations.NullMarked;
