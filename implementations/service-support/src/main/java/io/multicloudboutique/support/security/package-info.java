/** Access control for a service: open access, API keys, or tokens of an issuer. */
@NullMarked
package io.multicloudboutique.support.security;

import org.jspecify.annotations.NullMarked;
