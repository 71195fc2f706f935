package io.multicloudboutique.food.inventory;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings for calls to the inventory service. */
@ConfigurationProperties("inventory")
public record InventorySettings(
        @DefaultValue Service service, @DefaultValue Api api) {

    /**
     * @param url base URL of the inventory, {@code INVENTORY_SERVICE_URL}; by default the inventory's address in the
     *     launcher
     */
    public record Service(
            @DefaultValue("http://127.0.0.1:8083") URI url) {}

    /** @param key API key for the inventory, {@code INVENTORY_API_KEY}; none by default */
    public record Api(@Nullable String key) {}
}
