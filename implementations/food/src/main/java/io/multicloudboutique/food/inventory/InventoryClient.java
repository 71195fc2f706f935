package io.multicloudboutique.food.inventory;

import io.multicloudboutique.support.upstream.UpstreamListClient;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks the inventory service what it has, and says so if it does not answer. Thread-safe. */
@Component
public class InventoryClient {

    private final UpstreamListClient inventory;

    public InventoryClient(InventorySettings settings) {
        inventory = new UpstreamListClient(
                "inventory", settings.service().url(), settings.api().key());
    }

    /** The first question loads classes and opens a connection: nobody who waits for a list should have to wait for that. */
    @EventListener(ApplicationReadyEvent.class)
    void warmUp() {
        products().subscribe();
    }

    /** The first 200 products by id, or why there are none. Never an error, never empty. */
    public Mono<UpstreamListClient.Answer<InventoryProduct>> products() {
        return inventory.list("/inventory?limit=200", ProductList.class, ProductList::data);
    }

    private record ProductList(List<InventoryProduct> data) {}
}
