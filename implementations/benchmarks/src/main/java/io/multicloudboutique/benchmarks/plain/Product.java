package io.multicloudboutique.benchmarks.plain;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;

record Product(String productId, String name, long stockLevel, long reserved, long available, Instant lastUpdated) {

    static Product of(Readable row) {
        return of(
                row.get("product_id", String.class),
                row.get("name", String.class),
                row.get("stock_level", Long.class),
                row.get("reserved", Long.class),
                row.get("last_updated", OffsetDateTime.class));
    }

    /** The product as the database stored it with an idempotency key. */
    static Product of(JsonNode row) {
        return of(
                row.get("product_id").asString(),
                row.get("name").asString(),
                row.get("stock_level").asLong(),
                row.get("reserved").asLong(),
                OffsetDateTime.parse(row.get("last_updated").asString()));
    }

    private static Product of(String id, String name, long stockLevel, long reserved, OffsetDateTime lastUpdated) {
        return new Product(id, name, stockLevel, reserved, stockLevel - reserved, lastUpdated.toInstant());
    }
}
