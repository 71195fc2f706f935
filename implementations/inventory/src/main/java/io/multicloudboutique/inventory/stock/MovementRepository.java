package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.work.Retention;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and deletes movements. {@link StockRepository} writes them. */
@Repository
class MovementRepository {

    private final DatabaseClient database;

    MovementRepository(DatabaseClient database) {
        this.database = database;
    }

    /** Returns one page of the movements of a product, newest first. */
    Mono<Page<Movement>> page(String productId, PageRequest request) {
        return Page.of(
                database.sql("""
                        SELECT movement_id, kind, stock_delta, reserved_delta, reservation_id, reason, reference, caller, created_at
                        FROM movements WHERE product_id = :productId AND movement_id < :before
                        ORDER BY movement_id DESC LIMIT :rows
                        """)
                        .bind("productId", productId)
                        .bind("before", request.afterNumber(Long.MAX_VALUE))
                        .bind("rows", request.rows())
                        .map(MovementRepository::movement)
                        .all(),
                request,
                movement -> Cursor.at(movement.movementId()));
    }

    /** Deletes some movements from before this time, and returns their number. */
    Mono<Long> deleteBefore(OffsetDateTime time) {
        return database.sql("""
                        DELETE FROM movements WHERE (product_id, movement_id) IN (
                            SELECT product_id, movement_id FROM movements WHERE created_at < :time LIMIT :rows)
                        """)
                .bind("time", time)
                .bind("rows", Retention.STEP)
                .fetch()
                .rowsUpdated();
    }

    private static Movement movement(Readable row) {
        return new Movement(
                row.get("movement_id", Long.class),
                row.get("kind", String.class),
                row.get("stock_delta", Long.class),
                row.get("reserved_delta", Long.class),
                row.get("reservation_id", UUID.class),
                row.get("reason", String.class),
                row.get("reference", String.class),
                row.get("caller", String.class),
                row.get("created_at", OffsetDateTime.class));
    }
}
