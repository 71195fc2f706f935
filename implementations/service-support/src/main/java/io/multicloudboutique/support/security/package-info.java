/** Who may call a service: everyone, holders of API keys, or holders of an issuer's tokens. */
@NullMarked
package io.multicloudboutique.support.security;

import org.jspecify.annotations.NullMarked;
