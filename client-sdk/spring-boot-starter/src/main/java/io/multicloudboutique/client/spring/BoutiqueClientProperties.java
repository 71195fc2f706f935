package io.multicloudboutique.client.spring;

import io.multicloudboutique.client.BoutiqueService;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application says about its client. A property that is none of these fails the start: a misspelt timeout would go
 * unnoticed until it is needed.
 *
 * @param enabled Whether there is a BoutiqueClient bean.
 * @param local Whether the services that have no URL are those of a platform that runs on this machine.
 * @param localPortBase Port of that platform's start page; the six services have the ports after it.
 * @param apiKey API key of all services that have none of their own.
 * @param connectTimeout How long to wait for a connection.
 * @param requestTimeout How long one attempt of a call may take.
 * @param totalTimeout How long a call may take with all its attempts and the pauses between them.
 * @param retries How often a call is repeated at the most, 0 to 10, where that is safe.
 * @param analytics The analytics service.
 * @param crm The CRM service.
 * @param inventory The inventory service.
 * @param furniture The furniture service.
 * @param food The food service.
 * @param accounting The accounting service.
 */
@ConfigurationProperties(prefix = "boutique.client", ignoreUnknownFields = false)
public record BoutiqueClientProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean local,
        @DefaultValue("8080") int localPortBase,
        @Nullable String apiKey,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue("30s") Duration totalTimeout,
        @DefaultValue("2") int retries,
        @Nullable Service analytics,
        @Nullable Service crm,
        @Nullable Service inventory,
        @Nullable Service furniture,
        @Nullable Service food,
        @Nullable Service accounting) {

    /** The services of which the application says something. */
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

    /** Without the API keys. */
    @Override
    public String toString() {
        return "BoutiqueClientProperties[local=%s, services=%s]".formatted(local, services());
    }

    /**
     * One service.
     *
     * @param url Base URL of the service, such as https://food.shop.example.
     * @param apiKey API key of this service.
     */
    public record Service(@Nullable String url, @Nullable String apiKey) {

        /** Without the API key. */
        @Override
        public String toString() {
            return "Service[url=%s]".formatted(url);
        }
    }
}
