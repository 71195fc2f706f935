/**
 * Sends calls: credentials, attempts, deadlines, and the decoding of responses. This package is not part of the public
 * API.
 */
@NullMarked
package io.multicloudboutique.client.internal.http;

import org.jspecify.annotations.NullMarked;
