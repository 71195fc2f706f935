package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.stock.LockedStock.NewMovement;
import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.SqlStates;
import io.multicloudboutique.support.totals.Totals;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Locks the rows that a batch of changes needs, and writes what the batch has changed, with a few statements for the
 * whole batch. Every transaction acquires its locks in the same order: first reservations, then products, both by id.
 * Instances that need the same rows therefore wait for each other instead of causing a deadlock.
 */
@Repository
class StockRepository {

    private record Locked<T>(T row, OffsetDateTime at) {}

    private final DatabaseClient database;
    private final Totals totals;

    StockRepository(DatabaseClient database, Totals totals) {
        this.database = database;
        this.totals = totals;
    }

    /** Locks all rows that these changes need, until the transaction ends. */
    Mono<LockedStock> lock(List<? extends StockChange<?>> changes) {
        return lockReservations(changes)
                .flatMap(reservations -> lockProducts(changes, reservations)
                        .map(products ->
                                new LockedStock(latest(products, reservations), rows(products), rows(reservations))));
    }

    private Mono<List<Locked<Reservation>>> lockReservations(List<? extends StockChange<?>> changes) {
        var ids = changes.stream()
                .flatMap(change -> change.reservationIds().stream())
                .collect(Collectors.toSet());
        var references = changes.stream()
                .map(StockChange::reference)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (ids.isEmpty() && references.isEmpty()) {
            return Mono.just(List.of());
        }
        return database.sql("""
                        WITH locked AS (
                            SELECT reservation_no, reservation_id, reference, fingerprint, status, created_at, expires_at, changes, returned
                            FROM reservations
                            WHERE reservation_id = ANY(:ids)
                                OR reference = ANY(:references) AND status IN ('active', 'confirmed')
                            ORDER BY reservation_id FOR UPDATE
                        )
                        SELECT r.*, clock_timestamp()::timestamptz(3) AS locked_at,
                            array(SELECT l.product_id FROM reservation_lines l
                                WHERE l.reservation_id = r.reservation_id ORDER BY l.product_id) AS products,
                            array(SELECT l.quantity FROM reservation_lines l
                                WHERE l.reservation_id = r.reservation_id ORDER BY l.product_id) AS quantities
                        FROM locked r
                        """)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("references", references.toArray(String[]::new))
                .map(row -> new Locked<>(ReservationRepository.reservation(row), lockedAt(row)))
                .all()
                .collectList();
    }

    private Mono<List<Locked<Product>>> lockProducts(
            List<? extends StockChange<?>> changes, List<Locked<Reservation>> reservations) {
        var ids = Stream.concat(
                        changes.stream().flatMap(change -> change.productIds().stream()),
                        reservations.stream()
                                .map(Locked::row)
                                .filter(Reservation::canMoveStock)
                                .flatMap(reservation -> reservation.lines().keySet().stream()))
                .collect(Collectors.toSet());
        return database.sql("""
                        WITH locked AS (
                            SELECT %s FROM products WHERE product_id = ANY(:ids) ORDER BY product_id FOR UPDATE
                        )
                        SELECT *, clock_timestamp()::timestamptz(3) AS locked_at FROM locked
                        """.formatted(ProductRepository.COLUMNS))
                .bind("ids", ids.toArray(String[]::new))
                .map(row -> new Locked<>(ProductRepository.product(row), lockedAt(row)))
                .all()
                .collectList();
    }

    private static OffsetDateTime lockedAt(Readable row) {
        return row.get("locked_at", OffsetDateTime.class);
    }

    /** Returns a time at which all rows were locked. It is not before the last change of a product. */
    private static OffsetDateTime latest(List<Locked<Product>> products, List<Locked<Reservation>> reservations) {
        return Stream.of(
                        products.stream().map(Locked::at),
                        products.stream().map(product -> product.row().lastUpdated()),
                        reservations.stream().map(Locked::at))
                .flatMap(Function.identity())
                .max(OffsetDateTime::compareTo)
                .orElse(OffsetDateTime.MIN); // without rows, nothing can change
    }

    private static <T> List<T> rows(List<Locked<T>> locked) {
        return locked.stream().map(Locked::row).toList();
    }

    /**
     * Returns the reservations of locked products that are due, up to 100 for each product, by product id. Nobody else can
     * end them before this transaction ends, because that needs the products, too.
     *
     * <p>{@code MATERIALIZED} and {@code OFFSET} make PostgreSQL begin with the due reservations. It expects that most active
     * ones are due, like most reservations, and would read all lines.
     *
     * @param productIds the products; without products, no statement is sent
     */
    Mono<Map<String, Collection<UUID>>> dueHolds(Set<String> productIds, OffsetDateTime now) {
        if (productIds.isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.sql("""
                        WITH due AS MATERIALIZED (
                            SELECT reservation_id, expires_at FROM reservations WHERE status = 'active' AND expires_at <= :now
                        )
                        SELECT found.product_id, found.reservation_id
                        FROM unnest(:productIds) AS needed (product_id) CROSS JOIN LATERAL (
                            SELECT line.product_id, line.reservation_id
                            FROM due CROSS JOIN LATERAL (
                                SELECT l.product_id, l.reservation_id FROM reservation_lines l
                                WHERE l.reservation_id = due.reservation_id AND l.product_id = needed.product_id OFFSET 0
                            ) AS line
                            ORDER BY due.expires_at LIMIT 100
                        ) AS found
                        """)
                .bind("productIds", productIds.toArray(String[]::new))
                .bind("now", now)
                .map(row -> Map.entry(row.get("product_id", String.class), row.get("reservation_id", UUID.class)))
                .all()
                .collectMultimap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Writes all changes. */
    Mono<Void> write(LockedStock stock) {
        return writeProducts(stock)
                .then(changeReservations(stock))
                .then(createReservations(stock))
                .then(totals.add(ProductRepository.TOTAL, stock.listed(), BigDecimal.ZERO));
    }

    private Mono<Void> writeProducts(LockedStock stock) {
        var products = stock.changedProducts();
        if (products.isEmpty()) {
            return Mono.empty();
        }
        var movements = stock.movements();
        return database.sql("""
                        WITH changed AS (
                            UPDATE products p
                            SET name = c.name, stock_level = c.stock_level, unassigned = c.unassigned, held = c.held,
                                version = c.version, last_updated = :now, archived_at = c.archived_at
                            FROM unnest(:ids, :names, :levels, :unassigned, :held, :versions, :archivals)
                                AS c (product_id, name, stock_level, unassigned, held, version, archived_at)
                            WHERE p.product_id = c.product_id
                        )
                        INSERT INTO movements (product_id, kind, stock_delta, reserved_delta, reservation_id,
                            reason, reference, caller, created_at)
                        SELECT m.product_id, m.kind, m.stock_delta, m.reserved_delta, m.reservation_id,
                            m.reason, m.reference, m.caller, :now
                        FROM unnest(:movedIds, :kinds, :stockDeltas, :reservedDeltas, :reservationIds,
                                :reasons, :references, :callers) WITH ORDINALITY
                            AS m (product_id, kind, stock_delta, reserved_delta, reservation_id,
                                reason, reference, caller, position)
                        ORDER BY m.position
                        """)
                .bind("now", stock.now())
                .bind("ids", Columns.of(products, Product::productId, String[]::new))
                .bind("names", Columns.of(products, Product::name, String[]::new))
                .bind("levels", Columns.of(products, Product::stockLevel, Long[]::new))
                .bind("unassigned", Columns.of(products, Product::unassigned, Long[]::new))
                .bind("held", Columns.of(products, Product::held, Long[]::new))
                .bind("versions", Columns.of(products, Product::version, Long[]::new))
                .bind("archivals", Columns.of(products, Product::archivedAt, OffsetDateTime[]::new))
                .bind("movedIds", Columns.of(movements, NewMovement::productId, String[]::new))
                .bind("kinds", Columns.of(movements, NewMovement::kind, String[]::new))
                .bind("stockDeltas", Columns.of(movements, NewMovement::stockDelta, Long[]::new))
                .bind("reservedDeltas", Columns.of(movements, NewMovement::reservedDelta, Long[]::new))
                .bind("reservationIds", Columns.of(movements, NewMovement::reservationId, UUID[]::new))
                .bind("reasons", Columns.of(movements, NewMovement::reason, String[]::new))
                .bind("references", Columns.of(movements, NewMovement::reference, String[]::new))
                .bind("callers", Columns.of(movements, NewMovement::caller, String[]::new))
                .then();
    }

    private Mono<Void> changeReservations(LockedStock stock) {
        var changed = stock.changedReservations();
        return changed.isEmpty()
                ? Mono.empty()
                : database.sql("""
                                UPDATE reservations r SET status = changed.status, expires_at = changed.expires_at,
                                    changes = changed.changes, returned = string_to_array(changed.returned, ',')::bigint[]
                                FROM unnest(:ids, :statuses, :expiries, :changes, :returned)
                                    AS changed (reservation_id, status, expires_at, changes, returned)
                                WHERE r.reservation_id = changed.reservation_id
                                """)
                        .bind("ids", Columns.of(changed, Reservation::id, UUID[]::new))
                        .bind(
                                "statuses",
                                Columns.of(
                                        changed,
                                        reservation -> reservation.status().text(),
                                        String[]::new))
                        .bind("expiries", Columns.of(changed, Reservation::expiresAt, OffsetDateTime[]::new))
                        .bind("changes", Columns.of(changed, Reservation::changes, Long[]::new))
                        .bind("returned", Columns.of(changed, StockRepository::returned, String[]::new))
                        .then();
    }

    /** Returns the returned quantity of each line, comma-separated; null if nothing was returned. */
    private static @Nullable String returned(Reservation reservation) {
        return reservation.returned().isEmpty()
                ? null
                : reservation.lines().keySet().stream()
                        .map(productId -> reservation
                                .returned()
                                .getOrDefault(productId, 0L)
                                .toString())
                        .collect(Collectors.joining(","));
    }

    private record Line(UUID reservationId, String productId, long quantity) {}

    /** Fails with a unique violation if another transaction has just created a reservation with one of the references. */
    private Mono<Void> createReservations(LockedStock stock) {
        var created = stock.newReservations();
        if (created.isEmpty()) {
            return Mono.empty();
        }
        var lines = created.stream()
                .flatMap(reservation -> reservation.lines().entrySet().stream()
                        .map(line -> new Line(reservation.id(), line.getKey(), line.getValue())))
                .toList();
        return database.sql("""
                        WITH created AS (
                            INSERT INTO reservations (reservation_id, reference, fingerprint, created_at, expires_at)
                            SELECT c.reservation_id, c.reference, c.fingerprint, :now, c.expires_at
                            FROM unnest(:ids, :references, :fingerprints, :expiries) WITH ORDINALITY
                                AS c (reservation_id, reference, fingerprint, expires_at, position)
                            ORDER BY c.reference, c.position ON CONFLICT DO NOTHING RETURNING reservation_id
                        ), held AS (
                            INSERT INTO reservation_lines (reservation_id, product_id, quantity)
                            SELECT line.*
                            FROM unnest(:reservationIds, :productIds, :quantities) AS line (reservation_id, product_id, quantity)
                            JOIN created USING (reservation_id)
                        )
                        SELECT reservation_id FROM created
                        """)
                .bind("now", stock.now())
                .bind("ids", Columns.of(created, Reservation::id, UUID[]::new))
                .bind("references", Columns.of(created, Reservation::reference, String[]::new))
                .bind("fingerprints", Columns.of(created, Reservation::fingerprint, String[]::new))
                .bind("expiries", Columns.of(created, Reservation::expiresAt, OffsetDateTime[]::new))
                .bind("reservationIds", Columns.of(lines, Line::reservationId, UUID[]::new))
                .bind("productIds", Columns.of(lines, Line::productId, String[]::new))
                .bind("quantities", Columns.of(lines, Line::quantity, Long[]::new))
                .map(row -> row.get("reservation_id", UUID.class))
                .all()
                .count()
                .flatMap(rows ->
                        SqlStates.requireAll(rows, created.size(), "Another transaction has created a reservation"));
    }
}
