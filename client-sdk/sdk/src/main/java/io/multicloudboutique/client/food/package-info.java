/** The client for food: the food catalogue, with the stock levels from the inventory. */
@NullMarked
package io.multicloudboutique.client.food;

import org.jspecify.annotations.NullMarked;
