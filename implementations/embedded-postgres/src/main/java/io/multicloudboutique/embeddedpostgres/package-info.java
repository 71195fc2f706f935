/** The embedded PostgreSQL server, which the launcher and the tests use. */
@NullMarked
package io.multicloudboutique.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
