/** The handling of all HTTP requests: their ids, their mapping to the contract, the contract itself, and the headers sent to upstream services. */
@NullMarked
package io.multicloudboutique.support.http;

import org.jspecify.annotations.NullMarked;
