/** The inventory service, as the food service sees it. */
@NullMarked
package io.multicloudboutique.food.inventory;

import org.jspecify.annotations.NullMarked;
