package io.multicloudboutique.benchmarks.plain;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

@RestController
class FoodController {

    record FoodItem(long id, String name, String category, BigDecimal price, boolean available) {}

    record InventoryItem(String productId, long stockLevel, long available) {}

    record InventoryList(List<InventoryItem> data) {}

    record InventoryCheck(boolean checked, List<InventoryItem> inventoryItems, String message, Instant timestamp) {}

    record Menu(List<FoodItem> foodItems, InventoryCheck inventoryCheck) {}

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final DatabaseClient database;
    private final WebClient inventory;

    FoodController(DatabaseClient database, @Value("${INVENTORY_SERVICE_URL:http://127.0.0.1:8083}") String url) {
        this.database = database;
        this.inventory = WebClient.create(url);
    }

    @GetMapping("/food")
    Mono<Menu> menu() {
        return Mono.zip(items(), inventoryCheck(), Menu::new);
    }

    private Mono<List<FoodItem>> items() {
        return database.sql("SELECT id, name, category, price, available FROM food_items ORDER BY id LIMIT 50")
                .map(row -> new FoodItem(
                        row.get("id", Long.class),
                        row.get("name", String.class),
                        row.get("category", String.class),
                        row.get("price", BigDecimal.class),
                        row.get("available", Boolean.class)))
                .all()
                .collectList();
    }

    private Mono<InventoryCheck> inventoryCheck() {
        return inventory
                .get()
                .uri("/inventory?limit=200")
                .retrieve()
                .bodyToMono(InventoryList.class)
                .timeout(TIMEOUT)
                .map(list -> new InventoryCheck(true, list.data(), null, Instant.now()))
                .onErrorResume(failure ->
                        Mono.just(new InventoryCheck(false, List.of(), failure.getMessage(), Instant.now())));
    }
}
