/** The launcher: all services, their database and a start page in one JVM. */
@NullMarked
package io.multicloudboutique.launcher;

import org.jspecify.annotations.NullMarked;
