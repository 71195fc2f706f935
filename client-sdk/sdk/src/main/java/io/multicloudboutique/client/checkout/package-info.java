/**
 * Places orders: holds the stock, charges the customer, records the transaction, and undoes these steps if one fails.
 */
@NullMarked
package io.multicloudboutique.client.checkout;

import org.jspecify.annotations.NullMarked;
