/** Provides the client SDK as a bean of a Spring Boot application. */
@NullMarked
package io.multicloudboutique.client.spring;

import org.jspecify.annotations.NullMarked;
