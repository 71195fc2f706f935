/** The menu: food items, their prices and their availability. */
@NullMarked
package io.multicloudboutique.food.menu;

import org.jspecify.annotations.NullMarked;
