/** Tests the SDK against the real services. */
@NullMarked
package io.multicloudboutique.client.platform;

import org.jspecify.annotations.NullMarked;
