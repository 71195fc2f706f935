package io.multicloudboutique.client.spring;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueClientBuilder;

/**
 * Sets options that have no property, such as a token supplier, an HTTP client with a proxy, or an attempt listener.
 * Beans of this type are applied after the properties, in the order of
 * {@link org.springframework.core.annotation.Order}.
 *
 * <pre>{@code
 * @Bean
 * BoutiqueClientCustomizer tokens(TokenCache tokens) {
 *     return builder -> builder.token(tokens::current);
 * }
 * }</pre>
 */
@FunctionalInterface
public interface BoutiqueClientCustomizer {

    /** Customizes the builder of the application's {@link BoutiqueClient}. */
    void customize(BoutiqueClientBuilder builder);
}
