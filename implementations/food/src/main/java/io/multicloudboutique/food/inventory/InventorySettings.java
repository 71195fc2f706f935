package io.multicloudboutique.food.inventory;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the inventory service is.
 *
 * @param url its base URL, {@code INVENTORY_SERVICE_URL}; by default where the launcher runs it
 */
@ConfigurationProperties("inventory.service")
public record InventorySettings(
        @DefaultValue("http://127.0.0.1:8083") URI url) {}
