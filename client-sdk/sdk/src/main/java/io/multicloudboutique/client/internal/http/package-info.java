/** How a call is made: credentials, attempts, deadline, and what becomes of the answer. No part of the API. */
@NullMarked
package io.multicloudboutique.client.internal.http;

import org.jspecify.annotations.NullMarked;
