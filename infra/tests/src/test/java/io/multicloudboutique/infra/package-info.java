/** What is true of the infrastructure only where it runs. */
@NullMarked
package io.multicloudboutique.infra;

import org.jspecify.annotations.NullMarked;
