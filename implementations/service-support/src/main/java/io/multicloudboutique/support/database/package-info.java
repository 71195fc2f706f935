/**
 * Access to PostgreSQL: an external database or an embedded server, schema migrations, and transactions that are
 * retried after conflicts.
 */
@NullMarked
package io.multicloudboutique.support.database;

import org.jspecify.annotations.NullMarked;
