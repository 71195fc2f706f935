/** Whether a service can serve. */
@NullMarked
package io.multicloudboutique.support.health;

import org.jspecify.annotations.NullMarked;
