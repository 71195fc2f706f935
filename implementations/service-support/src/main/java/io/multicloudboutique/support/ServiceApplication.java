package io.multicloudboutique.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Configures a service. The configuration is the same in the service's own jar, in tests, and in the launcher, which
 * runs several services in one JVM.
 */
public final class ServiceApplication {

    private ServiceApplication() {}

    /**
     * Prepares a service with the defaults of {@code service-defaults.properties}. Every Spring Boot configuration
     * source overrides them.
     *
     * @param application the service's {@code @SpringBootApplication} class
     * @param name the service's name, which is also the name of its contract, its database schema (after the prefix, if
     *     there is one), its migrations folder and its configuration file
     * @return a builder on which the caller calls {@code run}
     */
    public static SpringApplicationBuilder of(Class<?> application, String name) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.REACTIVE)
                .properties(defaults())
                // In the launcher, all services share one class path, so each service needs a configuration file with
                // its own name.
                .properties("spring.application.name=" + name, "spring.config.name=" + name);
    }

    private static Properties defaults() {
        try {
            return PropertiesLoaderUtils.loadProperties(new ClassPathResource("service-defaults.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
