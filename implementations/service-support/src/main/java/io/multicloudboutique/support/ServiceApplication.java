package io.multicloudboutique.support;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** How every service starts: alone from its jar, beside the others in the launcher, and in tests. */
public final class ServiceApplication {

    private ServiceApplication() {}

    /**
     * Prepares a service. All settings can be overridden as Spring Boot does it.
     *
     * @param application its {@code @SpringBootApplication}
     * @param name its name: of its contract, its schema, its migrations and its configuration file
     */
    public static SpringApplicationBuilder of(Class<?> application, String name) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.REACTIVE)
                .properties(defaults(name));
    }

    private static Map<String, Object> defaults(String name) {
        var defaults = new HashMap<String, Object>();
        defaults.put("spring.application.name", name);
        // One file for each service, since all six share a class path in the launcher.
        defaults.put("spring.config.name", name);
        // Not static/, which the launcher's page would share.
        defaults.put("spring.web.resources.static-locations", "classpath:/service-ui/");
        // The files' times are those of a reproducible build, the same in each version: a browser must not go by them.
        defaults.put("spring.web.resources.cache.cachecontrol.no-store", "true");
        defaults.put("spring.web.resources.cache.use-last-modified", "false");
        defaults.put("server.compression.enabled", "true");
        defaults.put("server.compression.mime-types", "text/html,text/css,text/javascript,application/yaml");
        // Behind a proxy, the address that the browser sees is the one that its Origin has to agree with.
        defaults.put("server.forward-headers-strategy", "framework");
        defaults.put("spring.main.banner-mode", "off");
        defaults.put("spring.jmx.enabled", "false");
        defaults.put("spring.r2dbc.pool.initial-size", "2");
        defaults.put("spring.r2dbc.pool.max-size", "12");
        defaults.put("spring.r2dbc.pool.max-acquire-time", "3s");
        defaults.put("spring.r2dbc.pool.max-validation-time", "1s");
        defaults.put("spring.http.codecs.max-in-memory-size", "64KB");
        // Else every failed start adds a long warning and a hint at a report to the one line that says why.
        defaults.put("logging.level.org.springframework.boot.web.server.reactive.context", "error");
        defaults.put("logging.level.org.springframework.boot.autoconfigure.logging", "error");
        defaults.put("logging.level.org.flywaydb", "warn");
        defaults.put("logging.level.io.zonky", "warn");
        // Warns about the place of @Valid in generated models.
        defaults.put("logging.level.org.hibernate.validator.internal.metadata.aggregation", "error");
        defaults.put("logging.level.io.r2dbc.postgresql", "error");
        return defaults;
    }
}
