/** The food catalogue, with stock levels from the inventory. */
@NullMarked
package io.multicloudboutique.food;

import org.jspecify.annotations.NullMarked;
