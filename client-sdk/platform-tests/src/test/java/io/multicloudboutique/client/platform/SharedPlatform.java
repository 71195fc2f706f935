package io.multicloudboutique.client.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Runs a test class on the shared {@link Platform} of the test run, alone among the classes with this annotation. Some of
 * them compare whole lists, which other tests would change.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedPlatform.Resolver.class)
@ResourceLock("the lists of the shared platform")
@interface SharedPlatform {

    /**
     * Passes the shared platform to the constructor or the methods of a test. The platform starts when the first test
     * needs it, and stops at the end of the run. Each test must create its own items.
     */
    final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Platform.class;
        }

        @Override
        public Platform resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Platform.class, type -> Platform.start(), Platform.class);
        }
    }
}
