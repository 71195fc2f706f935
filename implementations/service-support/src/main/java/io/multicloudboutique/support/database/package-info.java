/** PostgreSQL: yours by URL or an embedded one, and transactions that are repeated when they collide. */
@NullMarked
package io.multicloudboutique.support.database;

import org.jspecify.annotations.NullMarked;
