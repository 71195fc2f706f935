package io.multicloudboutique.analytics.metric;

import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.Conditions;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.paging.PageWithTotal;
import io.multicloudboutique.support.totals.Totals;
import io.multicloudboutique.support.work.Retention;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes metrics and their summary in the database. */
@Repository
class MetricRepository {

    private static final String COLUMNS = "id, transaction_type, duration, success, recorded_at";

    private static final String SUCCESSES = "successes";
    private static final String FAILURES = "failures";

    /**
     * A metric gets its timestamp when it is inserted, and is visible when its transaction has been committed. Between
     * these, {@code ConnectionWatch} lets at most 4 seconds pass until the transaction is about to be committed, and the
     * database ends a commit that waits for a standby after 3.5 seconds. The rest is for the clocks of several database
     * servers, one of which can replace another.
     */
    private static final String COMPLETE_UNTIL = "now() - interval '10 seconds' AS complete_until";

    private static final String SUMMARY_OF_ALL = """
            SELECT coalesce(sum(items) FILTER (WHERE name = 'successes'), 0)::bigint AS successes,
                coalesce(sum(items) FILTER (WHERE name = 'failures'), 0)::bigint AS failures,
                coalesce(sum(amount), 0) AS total_duration, %s
            FROM totals WHERE name IN ('successes', 'failures')
            """.formatted(COMPLETE_UNTIL);

    private static final String SUMMARY = """
            SELECT count(*) FILTER (WHERE success) AS successes, count(*) FILTER (WHERE NOT success) AS failures,
                coalesce(sum(duration), 0) AS total_duration, %s
            FROM metrics WHERE\s""".formatted(COMPLETE_UNTIL);

    private final DatabaseClient database;
    private final Transactions transactions;
    private final Totals totals;

    MetricRepository(DatabaseClient database, Transactions transactions, Totals totals) {
        this.database = database;
        this.transactions = transactions;
        this.totals = totals;
    }

    /**
     * Returns one page of the matching metrics, newest first, and the summary of all matching metrics. The summary of all
     * metrics comes from running totals, so its cost does not grow with the table. For any other filter, the query reads
     * the index entries of the matching metrics.
     */
    Mono<PageWithTotal<Metric, Summary>> page(MetricFilter filter, PageRequest request) {
        var where = conditions(filter);
        var summary = filter.admitsAll() ? SUMMARY_OF_ALL : SUMMARY + where; // without the start of the page
        request.afterOrder(OffsetDateTime::parse)
                .ifPresent(after -> where.and("(recorded_at, id) < (:order, :number)", after));
        var statement = database.sql(PageWithTotal.sql(
                        summary,
                        "SELECT " + COLUMNS + " FROM metrics WHERE " + where
                                + " ORDER BY recorded_at DESC, id DESC LIMIT :rows",
                        "recorded_at DESC, id DESC"))
                .bindValues(where.values())
                .bind("rows", request.rows());
        return PageWithTotal.of(
                statement,
                request,
                "id",
                MetricRepository::metric,
                MetricRepository::summary,
                metric -> Cursor.at(metric.timestamp().toInstant(), metric.id()));
    }

    /**
     * Adds metrics in this order, in the transaction of the caller, with the current time. The transaction must be
     * committed within a few seconds.
     */
    Mono<List<Metric>> addAll(List<Metric.Draft> drafts) {
        return database.sql("""
                        INSERT INTO metrics (transaction_type, duration, success, recorded_at)
                        SELECT transaction_type, duration, success, statement_timestamp() FROM unnest(:transactionTypes, :durations, :successes)
                            WITH ORDINALITY AS draft (transaction_type, duration, success, position)
                        ORDER BY position RETURNING\s""" + COLUMNS)
                .bind("transactionTypes", Columns.of(drafts, Metric.Draft::transactionType, String[]::new))
                .bind("durations", Columns.of(drafts, Metric.Draft::duration, BigDecimal[]::new))
                .bind("successes", Columns.of(drafts, Metric.Draft::success, Boolean[]::new))
                .map(MetricRepository::metric)
                .all()
                .collectSortedList(Comparator.comparing(Metric::id))
                .flatMap(added -> addToTotal(SUCCESSES, added, true, 1)
                        .then(addToTotal(FAILURES, added, false, 1))
                        .thenReturn(added));
    }

    /** @param sign 1 if the metrics were added, -1 if they were deleted */
    private Mono<Void> addToTotal(String total, List<Metric> metrics, boolean success, int sign) {
        var counted =
                metrics.stream().filter(metric -> metric.success() == success).toList();
        var duration = counted.stream().map(Metric::duration).reduce(BigDecimal.ZERO, BigDecimal::add);
        return totals.add(total, sign * counted.size(), duration.multiply(BigDecimal.valueOf(sign)));
    }

    /** Deletes some metrics from before this time, the oldest first, and returns their number. */
    Mono<Long> deleteBefore(OffsetDateTime time) {
        return transactions.run(database.sql("""
                        DELETE FROM metrics WHERE id IN (
                            SELECT id FROM metrics WHERE recorded_at < :time ORDER BY recorded_at LIMIT :rows FOR UPDATE SKIP LOCKED)
                        RETURNING\s""" + COLUMNS)
                .bind("time", time)
                .bind("rows", Retention.STEP)
                .map(MetricRepository::metric)
                .all()
                .collectList()
                .flatMap(deleted -> addToTotal(SUCCESSES, deleted, true, -1)
                        .then(addToTotal(FAILURES, deleted, false, -1))
                        .thenReturn((long) deleted.size())));
    }

    private static Conditions conditions(MetricFilter filter) {
        return new Conditions()
                .and("transaction_type = :transactionType", "transactionType", filter.transactionType())
                .and("recorded_at >= :from", "from", filter.from())
                .and("recorded_at < :to", "to", filter.to());
    }

    private static Summary summary(Readable row) {
        return new Summary(
                row.get("successes", Long.class),
                row.get("failures", Long.class),
                row.get("total_duration", BigDecimal.class),
                row.get("complete_until", OffsetDateTime.class));
    }

    private static Metric metric(Readable row) {
        return new Metric(
                row.get("id", Long.class),
                row.get("transaction_type", String.class),
                row.get("duration", BigDecimal.class),
                row.get("success", Boolean.class),
                row.get("recorded_at", OffsetDateTime.class));
    }
}
