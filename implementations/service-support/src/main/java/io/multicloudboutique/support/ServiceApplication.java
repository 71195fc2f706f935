package io.multicloudboutique.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** How every service starts: from its own jar, next to the others in the launcher, and in tests. */
public final class ServiceApplication {

    private ServiceApplication() {}

    /**
     * Prepares a service with the defaults of {@code service-defaults.properties}. Any Spring Boot configuration source overrides
     * them.
     *
     * @param application its {@code @SpringBootApplication}
     * @param name the name of its contract, its schema, its migrations and its configuration file
     */
    public static SpringApplicationBuilder of(Class<?> application, String name) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.REACTIVE)
                .properties(defaults())
                // All services share the class path in the launcher, so each has a configuration file of its own name.
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
