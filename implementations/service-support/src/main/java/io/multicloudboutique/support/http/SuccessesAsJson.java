package io.multicloudboutique.support.http;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Successes are {@code application/json} and nothing else. The generated mappings also name {@code application/problem+json},
 * since the contract has it for errors; a client that accepts only that would get a success under a wrong label.
 */
class SuccessesAsJson extends RequestMappingHandlerMapping {

    @Override
    protected @Nullable RequestMappingInfo getMappingForMethod(Method method, Class<?> handlerType) {
        var mapping = super.getMappingForMethod(method, handlerType);
        return mapping == null
                ? null
                : mapping.mutate().produces(MediaType.APPLICATION_JSON_VALUE).build();
    }
}
