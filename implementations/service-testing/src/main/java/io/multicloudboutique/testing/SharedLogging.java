package io.multicloudboutique.testing;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Lets tests start and stop several services of one JVM at the same time. A JVM has one logging system. In Spring Boot,
 * each application that stops releases it, and the next one that starts resets it. Two resets at the same time fail, and
 * a reset removes the appenders of other tests. Here, the first service of the JVM configures the log for all of them.
 */
final class SharedLogging extends LogbackLoggingSystem {

    private static final Object INITIALIZATION = new Object();

    private SharedLogging(ClassLoader classLoader) {
        super(classLoader);
    }

    @Override
    public void beforeInitialize() {
        synchronized (INITIALIZATION) {
            super.beforeInitialize();
        }
    }

    @Override
    public void initialize(
            LoggingInitializationContext context, @Nullable String configLocation, @Nullable LogFile logFile) {
        synchronized (INITIALIZATION) {
            super.initialize(context, configLocation, logFile);
        }
    }

    @Override
    public void cleanUp() {
        // The log stays for the other services.
    }

    /** Spring Boot finds it through {@code META-INF/spring.factories}. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Factory implements LoggingSystemFactory {

        @Override
        public LoggingSystem getLoggingSystem(ClassLoader classLoader) {
            return new SharedLogging(classLoader);
        }
    }
}
