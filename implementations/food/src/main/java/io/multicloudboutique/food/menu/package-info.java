/** What is on the menu, at which price, and whether it can be had. */
@NullMarked
package io.multicloudboutique.food.menu;

import org.jspecify.annotations.NullMarked;
