package io.multicloudboutique.inventory.stock;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.inventory.stock.Reservation.Status;
import io.multicloudboutique.support.batching.ReadsById;
import io.multicloudboutique.support.database.Conditions;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.work.Retention;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and deletes reservations. {@link StockRepository} creates and changes them. */
@Repository
class ReservationRepository {

    /** The status as it reads now. */
    private static final String STATUS =
            "CASE WHEN r.status = 'active' AND r.expires_at <= now() THEN 'expired' ELSE r.status END";

    private static final String READ = """
            SELECT r.reservation_no, r.reservation_id, r.reference, r.fingerprint, r.created_at, r.expires_at, r.changes,
                r.returned, %s AS status,
                array(SELECT l.product_id FROM reservation_lines l
                    WHERE l.reservation_id = r.reservation_id ORDER BY l.product_id) AS products,
                array(SELECT l.quantity FROM reservation_lines l
                    WHERE l.reservation_id = r.reservation_id ORDER BY l.product_id) AS quantities
            FROM reservations r
            """.formatted(STATUS);

    private final DatabaseClient database;
    private final ReadsById<UUID, Reservation> reads;

    ReservationRepository(DatabaseClient database, MeterRegistry meters) {
        this.database = database;
        reads = new ReadsById<>("reservations", meters, this::findAll, Reservation::id);
    }

    Mono<Reservation> find(UUID id) {
        return reads.find(id);
    }

    private Flux<Reservation> findAll(Set<UUID> ids) {
        return database.sql(READ + "WHERE r.reservation_id = ANY(:ids)")
                .bind("ids", ids.toArray(UUID[]::new))
                .map(ReservationRepository::reservation)
                .all();
    }

    /**
     * Returns one page of reservations, newest first. If a reference or a status is given, the page contains only
     * reservations with this reference, and those that have this status now.
     */
    Mono<Page<Reservation>> page(@Nullable String reference, @Nullable Status status, PageRequest request) {
        if (reference == null && status != null) {
            return status == Status.EXPIRED ? expired(request) : page(status, request);
        }
        var where = new Conditions()
                .and("r.reference = :reference", "reference", reference)
                .and(STATUS + " = :status", "status", status == null ? null : status.text())
                .and("r.reservation_no < :before", "before", request.afterNumber(Long.MAX_VALUE));
        return page(READ + "WHERE " + where + " ORDER BY r.reservation_no DESC LIMIT :rows", where.values(), request);
    }

    /**
     * Returns one page of the reservations that are stored with this status, except those that are due, which are few. The
     * condition is a range: with an equality, PostgreSQL might read all reservations in the order of their numbers.
     */
    private Mono<Page<Reservation>> page(Status status, PageRequest request) {
        return page(
                READ + "WHERE (r.status, r.reservation_no) < (:status, :before) AND r.status >= :status AND " + STATUS
                        + " = :status ORDER BY r.status DESC, r.reservation_no DESC LIMIT :rows",
                Map.of("status", status.text(), "before", request.afterNumber(Long.MAX_VALUE)),
                request);
    }

    /**
     * Returns one page of the reservations that are stored as expired or due. Without {@code MATERIALIZED}, PostgreSQL would
     * look for the latter among all active reservations, because it expects that most of these are due, like most
     * reservations.
     */
    private Mono<Page<Reservation>> expired(PageRequest request) {
        return page("""
                        WITH due AS MATERIALIZED (
                            SELECT reservation_no FROM reservations WHERE status = 'active' AND expires_at <= now()
                        )
                        %s WHERE r.reservation_no = ANY(ARRAY(
                            (SELECT reservation_no FROM reservations
                                WHERE (status, reservation_no) < ('expired', :before) AND status >= 'expired'
                                ORDER BY status DESC, reservation_no DESC LIMIT :rows)
                            UNION ALL
                            (SELECT reservation_no FROM due WHERE reservation_no < :before
                                ORDER BY reservation_no DESC LIMIT :rows)
                        ))
                        ORDER BY r.reservation_no DESC LIMIT :rows
                        """.formatted(READ), Map.of("before", request.afterNumber(Long.MAX_VALUE)), request);
    }

    private Mono<Page<Reservation>> page(String sql, Map<String, Object> values, PageRequest request) {
        return Page.of(
                database.sql(sql)
                        .bindValues(values)
                        .bind("rows", request.rows())
                        .map(ReservationRepository::reservation)
                        .all(),
                request,
                reservation -> Cursor.at(reservation.number()));
    }

    /** The numbers of reservations that hold stock: those before their expiry time, and those that are due. */
    record Holds(long active, long due) {}

    /** Counts the reservations that hold stock. Stops at 100000 of each kind, so that the time is bounded. */
    Mono<Holds> countHolds() {
        return database.sql("""
                        SELECT
                            (SELECT count(*) FROM (SELECT 1 FROM reservations
                                WHERE status = 'active' AND expires_at > now() LIMIT 100000) AS counted) AS active,
                            (SELECT count(*) FROM (SELECT 1 FROM reservations
                                WHERE status = 'active' AND expires_at <= now() LIMIT 100000) AS counted) AS due
                        """)
                .map(row -> new Holds(row.get("active", Long.class), row.get("due", Long.class)))
                .one();
    }

    /** Returns the ids of up to 100 reservations that have passed their expiry time but are still stored as active. */
    Mono<List<UUID>> due() {
        return database.sql("""
                        SELECT reservation_id FROM reservations WHERE status = 'active' AND expires_at <= now()
                        ORDER BY expires_at LIMIT 100
                        """)
                .map(row -> row.get("reservation_id", UUID.class))
                .all()
                .collectList();
    }

    /**
     * Deletes some reservations that were created before this time and are not active, and returns their number. Their
     * references can be used again.
     */
    Mono<Long> deleteEndedBefore(OffsetDateTime time) {
        return database.sql("""
                        WITH old AS (
                            SELECT reservation_id FROM reservations
                            WHERE created_at < :time AND status <> 'active' LIMIT :rows
                        ), lines AS (
                            DELETE FROM reservation_lines WHERE reservation_id IN (SELECT reservation_id FROM old)
                        )
                        DELETE FROM reservations WHERE reservation_id IN (SELECT reservation_id FROM old)
                        """)
                .bind("time", time)
                .bind("rows", Retention.STEP)
                .fetch()
                .rowsUpdated();
    }

    static Reservation reservation(Readable row) {
        var products = row.get("products", String[].class);
        var quantities = row.get("quantities", Long[].class);
        var returnedQuantities = row.get("returned", Long[].class);
        var lines = new TreeMap<String, Long>();
        var returned = new TreeMap<String, Long>();
        for (int i = 0; i < products.length; i++) {
            lines.put(products[i], quantities[i]);
            if (returnedQuantities != null && returnedQuantities[i] > 0) {
                returned.put(products[i], returnedQuantities[i]);
            }
        }
        return new Reservation(
                row.get("reservation_no", Long.class),
                row.get("reservation_id", UUID.class),
                Status.valueOf(row.get("status", String.class).toUpperCase(Locale.ROOT)),
                lines,
                returned,
                row.get("reference", String.class),
                row.get("fingerprint", String.class),
                row.get("created_at", OffsetDateTime.class),
                row.get("expires_at", OffsetDateTime.class),
                row.get("changes", Long.class));
    }
}
