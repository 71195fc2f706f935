package io.multicloudboutique.food.inventory;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the inventory service is, and what to show there. */
@ConfigurationProperties("inventory")
public record InventorySettings(
        @DefaultValue Service service, @DefaultValue Api api) {

    /** @param url its base URL, {@code INVENTORY_SERVICE_URL}; by default where the launcher runs it */
    public record Service(
            @DefaultValue("http://127.0.0.1:8083") URI url) {}

    /** @param key its API key, {@code INVENTORY_API_KEY}; none by default */
    public record Api(@Nullable String key) {}
}
