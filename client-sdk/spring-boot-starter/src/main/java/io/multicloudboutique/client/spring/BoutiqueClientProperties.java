package io.multicloudboutique.client.spring;

import io.multicloudboutique.client.BoutiqueService;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the client. An unknown property fails the start of the application, because a misspelt timeout
 * would otherwise go unnoticed until it is needed.
 *
 * @param enabled Whether to create a BoutiqueClient bean.
 * @param local Whether services without a URL run on this machine, started by ./boutique.
 * @param localPortBase Port of the local platform's start page. The services use the six ports after it.
 * @param apiKey API key for all services that have no API key of their own.
 * @param connectTimeout Time limit for establishing a connection.
 * @param attemptTimeout Time limit for one attempt of a call.
 * @param timeout Time limit for a call, including all its attempts and the pauses between them.
 * @param maxRetries Maximum number of retries of a call, 0 to 10. A call is retried only if a retry is safe.
 * @param analytics Settings for the analytics service.
 * @param crm Settings for the CRM service.
 * @param inventory Settings for the inventory service.
 * @param furniture Settings for the furniture service.
 * @param food Settings for the food service.
 * @param accounting Settings for the accounting service.
 */
@ConfigurationProperties(prefix = "boutique.client", ignoreUnknownFields = false)
public record BoutiqueClientProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean local,
        @DefaultValue("8080") int localPortBase,
        @Nullable String apiKey,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("10s") Duration attemptTimeout,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("2") int maxRetries,
        @Nullable Service analytics,
        @Nullable Service crm,
        @Nullable Service inventory,
        @Nullable Service furniture,
        @Nullable Service food,
        @Nullable Service accounting) {

    /** Returns the services that have settings. */
    Map<BoutiqueService, Service> services() {
        var services = new EnumMap<BoutiqueService, Service>(BoutiqueService.class);
        put(services, BoutiqueService.ANALYTICS, analytics);
        put(services, BoutiqueService.CRM, crm);
        put(services, BoutiqueService.INVENTORY, inventory);
        put(services, BoutiqueService.FURNITURE, furniture);
        put(services, BoutiqueService.FOOD, food);
        put(services, BoutiqueService.ACCOUNTING, accounting);
        return services;
    }

    private static void put(Map<BoutiqueService, Service> services, BoutiqueService name, @Nullable Service service) {
        if (service != null) {
            services.put(name, service);
        }
    }

    /** Omits the API keys. */
    @Override
    public String toString() {
        return "BoutiqueClientProperties[local=%s, services=%s]".formatted(local, services());
    }

    /**
     * The settings for one service.
     *
     * @param url Base URL of the service, such as https://food.shop.example.
     * @param apiKey API key for this service.
     */
    public record Service(@Nullable String url, @Nullable String apiKey) {

        /** Omits the API key. */
        @Override
        public String toString() {
            return "Service[url=%s]".formatted(url);
        }
    }
}
