package io.multicloudboutique.food.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.upstream.UpstreamListClient;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads products from the inventory service. A failed call returns the reason instead of an error. Thread-safe. */
@Component
public class InventoryClient {

    private final UpstreamListClient<ProductList, InventoryProduct> inventory;

    public InventoryClient(InventorySettings settings, MeterRegistry meters) {
        inventory = new UpstreamListClient<>(
                "inventory",
                settings.service().url(),
                settings.api().key(),
                "/inventory?limit=200",
                ProductList.class,
                ProductList::data,
                meters);
    }

    /** Sends a first request at startup to load classes and open a connection before a caller needs them. */
    @EventListener(ApplicationReadyEvent.class)
    void warmUp() {
        products().subscribe();
    }

    /**
     * Emits the first 200 products by id, or the reason why the call failed. Never completes with an error or without a
     * value.
     */
    public Mono<UpstreamListClient.Answer<InventoryProduct>> products() {
        return inventory.list();
    }

    private record ProductList(List<InventoryProduct> data) {}
}
