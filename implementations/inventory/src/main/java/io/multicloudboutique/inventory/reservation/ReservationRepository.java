package io.multicloudboutique.inventory.reservation;

import io.multicloudboutique.inventory.reservation.Reservation.Status;
import io.multicloudboutique.support.database.Conditions;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Reads and writes reservations, and the stock that they hold, in the database. Every transaction acquires its locks in
 * the same order: first reservations, then products by id. Transactions that need the same products therefore wait for
 * each other instead of causing a deadlock.
 */
@Repository
class ReservationRepository {

    private static final String READ = """
            SELECT r.reservation_no, r.reservation_id, r.reference, r.created_at, r.expires_at,
                CASE WHEN r.status = 'active' AND r.expires_at <= now() THEN 'expired' ELSE r.status END AS status,
                array(SELECT l.product_id FROM reservation_lines l
                    WHERE l.reservation_id = r.reservation_id ORDER BY l.product_id) AS products,
                array(SELECT l.quantity FROM reservation_lines l
                    WHERE l.reservation_id = r.reservation_id ORDER BY l.product_id) AS quantities
            FROM reservations r
            """;

    private final DatabaseClient database;

    ReservationRepository(DatabaseClient database) {
        this.database = database;
    }

    Mono<Reservation> find(UUID id) {
        return database.sql(READ + "WHERE r.reservation_id = :id")
                .bind("id", id)
                .map(ReservationRepository::reservation)
                .one();
    }

    /**
     * Reads a reservation and locks it until the transaction ends, so that no other transaction can end the
     * reservation. The expiry is compared with the current time, not with the start time of the transaction, because
     * the transaction may have waited for the lock.
     */
    Mono<Reservation> lock(UUID id) {
        return database.sql(READ.replace("now()", "clock_timestamp()") + "WHERE r.reservation_id = :id FOR UPDATE OF r")
                .bind("id", id)
                .map(ReservationRepository::reservation)
                .one();
    }

    /**
     * Returns one page of reservations, newest first. If a reference is given, the page contains only reservations with
     * this reference.
     */
    Mono<Page<Reservation>> page(@Nullable String reference, PageRequest request) {
        var where = new Conditions()
                .and("r.reference = :reference", "reference", reference)
                .and("r.reservation_no < :before", "before", request.afterNumber(Long.MAX_VALUE));
        return Page.of(
                database.sql(READ + "WHERE " + where + " ORDER BY r.reservation_no DESC LIMIT :rows")
                        .bindValues(where.values())
                        .bind("rows", request.rows())
                        .map(ReservationRepository::reservation)
                        .all(),
                request,
                reservation -> Cursor.at(reservation.number()));
    }

    /**
     * Creates a reservation without lines and returns its id. Returns an empty Mono if an active or confirmed
     * reservation already has the reference.
     */
    Mono<UUID> begin(@Nullable String reference, Duration timeToLive) {
        return database.sql("""
                        INSERT INTO reservations (reference, expires_at)
                        VALUES (:reference, now() + make_interval(secs => :seconds))
                        ON CONFLICT (reference) WHERE status IN ('active', 'confirmed') DO NOTHING
                        RETURNING reservation_id
                        """)
                .bind("reference", Parameters.in(R2dbcType.VARCHAR, reference))
                .bind("seconds", (double) timeToLive.toSeconds())
                .map(row -> row.get("reservation_id", UUID.class))
                .one();
    }

    /**
     * Locks these products until the transaction ends, and returns the available quantity of each one by product id.
     * Unknown products are missing from the map.
     */
    Mono<Map<String, Long>> lockAvailable(Collection<String> productIds) {
        return database.sql("""
                        SELECT product_id, stock_level - unassigned - held AS available FROM products
                        WHERE product_id = ANY(:productIds) ORDER BY product_id FOR UPDATE
                        """)
                .bind("productIds", productIds.toArray(String[]::new))
                .map(row -> Map.entry(row.get("product_id", String.class), row.get("available", Long.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Holds the stock for the lines. The caller must have locked the products and checked the quantities. */
    Mono<Void> hold(UUID id, SortedMap<String, Long> lines) {
        return database.sql("""
                        WITH line AS (
                            SELECT * FROM unnest(:productIds, :quantities) AS line (product_id, quantity)
                        ), held AS (
                            UPDATE products p
                            SET held = p.held + line.quantity, version = p.version + 1, last_updated = now()
                            FROM line WHERE p.product_id = line.product_id
                        ), moved AS (
                            INSERT INTO movements (product_id, kind, stock_delta, reserved_delta, reservation_id)
                            SELECT product_id, 'hold', 0, quantity, :id FROM line
                        )
                        INSERT INTO reservation_lines (reservation_id, product_id, quantity)
                        SELECT :id, product_id, quantity FROM line
                        """)
                .bind("id", id)
                .bind("productIds", lines.keySet().toArray(String[]::new))
                .bind("quantities", lines.values().toArray(Long[]::new))
                .then();
    }

    /**
     * Locks up to 100 active reservations that are due, and returns their ids. Skips reservations that another
     * transaction has locked.
     */
    Mono<List<UUID>> lockDue() {
        return ids(database.sql("""
                SELECT reservation_id FROM reservations WHERE status = 'active' AND expires_at <= now()
                ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED
                """));
    }

    /**
     * Locks the active reservation with this reference if it is due, and returns its id. Returns an empty list
     * otherwise.
     */
    Mono<List<UUID>> lockDue(String reference) {
        return ids(database.sql("""
                        SELECT reservation_id FROM reservations
                        WHERE reference = :reference AND status = 'active' AND expires_at <= now() FOR UPDATE
                        """).bind("reference", reference));
    }

    /**
     * Locks these products and the products of these reservations until the transaction ends, in the order of their
     * ids.
     */
    Mono<Void> lockProducts(List<UUID> reservationIds, Collection<String> productIds) {
        return database.sql("""
                        SELECT product_id FROM products WHERE product_id IN (
                            SELECT unnest(:productIds)
                            UNION SELECT product_id FROM reservation_lines WHERE reservation_id = ANY(:ids)
                        ) ORDER BY product_id FOR UPDATE
                        """)
                .bind("ids", reservationIds.toArray(UUID[]::new))
                .bind("productIds", productIds.toArray(String[]::new))
                .fetch()
                .all()
                .then();
    }

    /**
     * Ends active reservations, which the caller must have locked. Confirming removes the held quantities from the
     * stock; cancelling and expiring release them.
     *
     * @param outcome the new status of all these reservations
     */
    Mono<Void> end(List<UUID> reservationIds, Status outcome) {
        var ids = reservationIds.toArray(UUID[]::new);
        var end = database.sql("""
                        WITH line AS (
                            SELECT * FROM reservation_lines WHERE reservation_id = ANY(:ids)
                        ), ended AS (
                            UPDATE reservations SET status = :status WHERE reservation_id = ANY(:ids)
                        ), returned AS (
                            UPDATE products p
                            SET held = p.held - total.quantity, stock_level = p.stock_level - total.quantity * :taken,
                                version = p.version + 1, last_updated = now()
                            FROM (SELECT product_id, sum(quantity)::bigint AS quantity FROM line GROUP BY product_id) AS total
                            WHERE p.product_id = total.product_id
                        )
                        INSERT INTO movements (product_id, kind, stock_delta, reserved_delta, reservation_id)
                        SELECT product_id, :kind, -quantity * :taken, -quantity, reservation_id FROM line
                        """)
                .bind("ids", ids)
                .bind("status", outcome.text())
                .bind("kind", kind(outcome))
                .bind("taken", outcome == Status.CONFIRMED ? 1L : 0L)
                .then();
        return lockProducts(reservationIds, List.of()).then(end);
    }

    private static String kind(Status outcome) {
        return switch (outcome) {
            case CONFIRMED -> "confirm";
            case CANCELLED -> "cancel";
            case EXPIRED -> "expire";
            case ACTIVE ->
                throw new IllegalArgumentException("Ending a reservation requires a status other than active");
        };
    }

    private static Mono<List<UUID>> ids(DatabaseClient.GenericExecuteSpec sql) {
        return sql.map(row -> row.get("reservation_id", UUID.class)).all().collectList();
    }

    private static Reservation reservation(Readable row) {
        var products = row.get("products", String[].class);
        var quantities = row.get("quantities", Long[].class);
        var lines = new TreeMap<String, Long>();
        for (int i = 0; i < products.length; i++) {
            lines.put(products[i], quantities[i]);
        }
        return new Reservation(
                row.get("reservation_no", Long.class),
                row.get("reservation_id", UUID.class),
                Status.valueOf(row.get("status", String.class).toUpperCase(Locale.ROOT)),
                lines,
                row.get("reference", String.class),
                row.get("created_at", OffsetDateTime.class),
                row.get("expires_at", OffsetDateTime.class));
    }
}
