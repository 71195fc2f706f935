/**
 * The handling of all HTTP requests: request ids, the access log, the limits for clients, the mapping of requests to
 * operations, the pages with the contract, and the headers that are sent to upstream services.
 */
@NullMarked
package io.multicloudboutique.support.http;

import org.jspecify.annotations.NullMarked;
