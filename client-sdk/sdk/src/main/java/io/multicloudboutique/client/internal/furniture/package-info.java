/**
 * The implementation of the client for furniture. The types generated from its contract are in the same package. Not
 * part of the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.furniture;

import org.jspecify.annotations.NullMarked;
