/** The client of the inventory service, which food calls for stock levels. */
@NullMarked
package io.multicloudboutique.food.inventory;

import org.jspecify.annotations.NullMarked;
