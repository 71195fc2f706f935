package io.multicloudboutique.benchmarks.plain;

import io.r2dbc.spi.Readable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

@RestController
class ReservationController {

    record Line(
            @NotBlank @Size(max = 200) String productId,
            @NotNull @Min(1) @Max(1_000_000) Long quantity) {}

    record Draft(
            @NotNull @Size(min = 1, max = 50) List<@Valid Line> lines,
            @Min(1) @Max(86400) Integer ttlSeconds,
            @Size(min = 1, max = 100) String reference) {}

    record Reservation(
            UUID reservationId,
            String status,
            List<Line> lines,
            String reference,
            Instant createdAt,
            Instant expiresAt) {}

    private record Available(String productId, long units) {}

    private static final int DEFAULT_TTL = 900;

    private static final String LOCK = """
            SELECT product_id, stock_level - reserved AS available FROM products
            WHERE product_id = ANY(:ids) ORDER BY product_id FOR UPDATE
            """;

    private static final String HOLD = """
            WITH line AS (
                SELECT * FROM unnest(:ids::text[], :quantities::bigint[]) AS line (product_id, quantity)
            ), reservation AS (
                INSERT INTO reservations (reference, expires_at) VALUES (:reference, now() + make_interval(secs => :ttl))
                RETURNING reservation_id, status, created_at, expires_at
            ), held AS (
                INSERT INTO reservation_lines (reservation_id, product_id, quantity)
                SELECT reservation_id, product_id, quantity FROM reservation, line
            ), changed AS (
                UPDATE products SET reserved = reserved + line.quantity, last_updated = now()
                FROM line WHERE products.product_id = line.product_id
            ), moved AS (
                INSERT INTO movements (product_id, kind, reserved_delta, reservation_id)
                SELECT product_id, 'hold', quantity, reservation_id FROM reservation, line
            ) SELECT * FROM reservation
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    ReservationController(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    @PostMapping("/reservations")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Reservation> hold(@Valid @RequestBody Draft draft) {
        var quantities = new TreeMap<String, Long>();
        draft.lines().forEach(line -> quantities.merge(line.productId(), line.quantity(), Long::sum));
        var ids = quantities.keySet().toArray(String[]::new);
        return database.sql(LOCK)
                .bind("ids", ids)
                .map(row -> new Available(row.get("product_id", String.class), row.get("available", Long.class)))
                .all()
                .collectList()
                .doOnNext(locked -> requireEnough(locked, quantities))
                .then(Mono.defer(() -> insert(draft, ids, quantities)))
                .as(transaction::transactional);
    }

    private static void requireEnough(List<Available> locked, Map<String, Long> quantities) {
        if (locked.size() < quantities.size()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        if (locked.stream().anyMatch(product -> product.units() < quantities.get(product.productId()))) {
            throw new ResponseStatusException(HttpStatus.CONFLICT);
        }
    }

    private Mono<Reservation> insert(Draft draft, String[] ids, Map<String, Long> quantities) {
        var lines = quantities.entrySet().stream()
                .map(entry -> new Line(entry.getKey(), entry.getValue()))
                .toList();
        var statement = database.sql(HOLD)
                .bind("ids", ids)
                .bind("quantities", quantities.values().toArray(Long[]::new))
                .bind(
                        "ttl",
                        draft.ttlSeconds() == null
                                ? DEFAULT_TTL
                                : draft.ttlSeconds().doubleValue());
        statement = draft.reference() == null
                ? statement.bindNull("reference", String.class)
                : statement.bind("reference", draft.reference());
        return statement.map(row -> reservation(row, lines, draft.reference())).one();
    }

    private static Reservation reservation(Readable row, List<Line> lines, String reference) {
        return new Reservation(
                row.get("reservation_id", UUID.class),
                row.get("status", String.class),
                lines,
                reference,
                row.get("created_at", OffsetDateTime.class).toInstant(),
                row.get("expires_at", OffsetDateTime.class).toInstant());
    }
}
