/** Generates the public types of the SDK and its Feign interfaces. Only the build uses this package. */
package io.multicloudboutique.client.generator;
