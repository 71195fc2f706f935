package io.multicloudboutique.client.spring;

import io.micrometer.observation.ObservationRegistry;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueClientBuilder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of a {@link BoutiqueClient} from the properties with the prefix {@code boutique.client}. It does
 * not apply if the application defines its own client bean. The client is closed with the application context.
 */
@AutoConfiguration(
        // The classes of Spring Boot 4 and 3. By name, because they are missing in an application without metrics.
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "boutique.client.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(BoutiqueClient.class)
@EnableConfigurationProperties(BoutiqueClientProperties.class)
public final class BoutiqueClientAutoConfiguration {

    @Bean(destroyMethod = "close")
    BoutiqueClient boutiqueClient(
            BoutiqueClientProperties properties, ObjectProvider<BoutiqueClientCustomizer> customizers) {
        var builder = BoutiqueClient.builder();
        apply(properties, builder);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static void apply(BoutiqueClientProperties properties, BoutiqueClientBuilder builder) {
        if (properties.local()) {
            set("local-port-base", properties.localPortBase(), builder::local);
        }
        properties.services().forEach((service, settings) -> {
            var name = service + ".";
            setSecret(name + "url", settings.url(), url -> builder.baseUrl(service, url));
            setSecret(name + "api-key", settings.apiKey(), key -> builder.apiKey(service, key));
        });
        setSecret("api-key", properties.apiKey(), builder::apiKey);
        set("connect-timeout", properties.connectTimeout(), builder::connectTimeout);
        set("attempt-timeout", properties.attemptTimeout(), builder::attemptTimeout);
        set("timeout", properties.timeout(), builder::timeout);
        set("max-retries", properties.maxRetries(), builder::maxRetries);
    }

    /** Lets Spring Boot report which property is not valid and where it is set. */
    private static <T> void set(String property, T value, Consumer<T> option) {
        try {
            option.accept(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException("boutique.client." + property, value, e.getMessage());
        }
    }

    /**
     * Like {@link #set}, but Spring Boot does not show the value, because the value is an API key, or a URL that may
     * contain credentials.
     */
    private static void setSecret(String property, @Nullable String value, Consumer<String> option) {
        // An empty property counts as not set: it comes from a placeholder such as ${BOUTIQUE_API_KEY:}.
        if (value == null || value.isEmpty()) {
            return;
        }
        try {
            option.accept(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("boutique.client." + property + ": " + e.getMessage(), e);
        }
    }

    /** Applies only if Micrometer is on the class path and the application has an {@link ObservationRegistry}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class Observed {

        @Bean
        @ConditionalOnBean(ObservationRegistry.class)
        BoutiqueClientCustomizer boutiqueClientObservations(ObservationRegistry registry) {
            return builder -> builder.addAttemptListener(new AttemptObservations(registry));
        }
    }
}
