/** The health operations of a service. */
@NullMarked
package io.multicloudboutique.support.health;

import org.jspecify.annotations.NullMarked;
