/** What holds for every request: its id, its limits, the contract that describes it, and what travels on to a neighbour. */
@NullMarked
package io.multicloudboutique.support.http;

import org.jspecify.annotations.NullMarked;
