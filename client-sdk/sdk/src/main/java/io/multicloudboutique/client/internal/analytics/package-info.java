/**
 * The implementation of the client for analytics. The types generated from its contract are in the same package. Not
 * part of the public API.
 */
@NullMarked
package io.multicloudboutique.client.internal.analytics;

import org.jspecify.annotations.NullMarked;
