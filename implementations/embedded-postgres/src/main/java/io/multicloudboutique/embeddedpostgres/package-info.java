/** The embedded PostgreSQL server of the launcher and of the tests. */
@NullMarked
package io.multicloudboutique.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
