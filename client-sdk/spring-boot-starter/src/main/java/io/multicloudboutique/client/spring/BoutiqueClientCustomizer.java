package io.multicloudboutique.client.spring;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueClientBuilder;

/**
 * Sets what no property can: a supplier of tokens, an HTTP client with a proxy, a listener. Beans of this type are applied
 * after the properties, in the order of {@link org.springframework.core.annotation.Order}.
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

    /** Changes the builder of the application's {@link BoutiqueClient}. */
    void customize(BoutiqueClientBuilder builder);
}
