/** Swagger UI, which springdoc serves. */
@NullMarked
package io.multicloudboutique.support.swaggerui;

import org.jspecify.annotations.NullMarked;
