package io.multicloudboutique.analytics.metric;

import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.Conditions;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.paging.PageWithTotal;
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

    /**
     * Changes metrics and counts the change. All changes of one transaction have the same slot, which no other transaction
     * has locked, so transactions that count the same durations do not wait for each other. There are as many slots as
     * there have been concurrent transactions.
     */
    private static final String CHANGE = """
            WITH changed AS (
                %s RETURNING id, transaction_type, duration, bucket, success, recorded_at
            ), free AS (
                SELECT id FROM duration_slots LIMIT 1 FOR UPDATE SKIP LOCKED
            ), added AS (
                INSERT INTO duration_slots (created_at) SELECT now() WHERE NOT EXISTS (SELECT FROM free) RETURNING id
            ), slot AS (
                SELECT id FROM free UNION ALL SELECT id FROM added
            ), counted AS (
                INSERT INTO durations AS known (transaction_type, bucket, slot, successes, failures, total_duration)
                SELECT coalesce(c.transaction_type, ''), c.bucket, s.id,
                    :sign * count(*) FILTER (WHERE c.success), :sign * count(*) FILTER (WHERE NOT c.success),
                    :sign * sum(c.duration)
                FROM changed c CROSS JOIN slot s
                GROUP BY GROUPING SETS ((c.transaction_type, c.bucket, s.id), (c.bucket, s.id))
                ON CONFLICT (transaction_type, bucket, slot) DO UPDATE
                SET successes = known.successes + excluded.successes, failures = known.failures + excluded.failures,
                    total_duration = known.total_duration + excluded.total_duration
            )
            SELECT %s FROM changed
            """;

    private static final String COUNTED_BUCKETS = """
            SELECT bucket, sum(successes)::bigint AS successes, sum(failures)::bigint AS failures,
                sum(total_duration) AS total_duration
            FROM durations WHERE transaction_type =\s""";

    private static final String BUCKETS = """
            SELECT bucket, count(*) FILTER (WHERE success) AS successes, count(*) FILTER (WHERE NOT success) AS failures,
                sum(duration) AS total_duration
            FROM metrics WHERE\s""";

    /**
     * A metric gets its timestamp when it is inserted, and is visible when its transaction has been committed. Between
     * these, {@code ConnectionWatch} lets at most 4 seconds pass until the transaction is about to be committed, and the
     * database ends a commit that waits for a standby after 3.5 seconds. The rest is for the clocks of several database
     * servers, one of which can replace another.
     */
    private static final String COMPLETE_UNTIL = "now() - interval '10 seconds' AS complete_until";

    /** The window functions use float8, which holds the numbers exactly, because numeric would take twice as long. */
    private static final String SUMMARY = """
            SELECT coalesce(sum(successes), 0)::bigint AS successes, coalesce(sum(failures), 0)::bigint AS failures,
                coalesce(sum(total_duration), 0) AS total_duration,
                %s AS p50,
                %s AS p95,
                %s AS p99,
                %s
            FROM (
                SELECT successes, failures, total_duration,
                    sum((successes + failures)::float8) OVER (ORDER BY bucket) AS rank,
                    sum((successes + failures)::float8) OVER () AS metrics
                FROM (%%s GROUP BY bucket) AS buckets
            ) AS ranked
            """.formatted(percentile(50), percentile(95), percentile(99), COMPLETE_UNTIL);

    private final DatabaseClient database;
    private final Transactions transactions;

    MetricRepository(DatabaseClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * Returns one page of the matching metrics, newest first, and the summary of all matching metrics. Without a time
     * range, the summary comes from the counted buckets, so its cost does not grow with the table. With a time range, the
     * query reads the index entries of the matching metrics.
     */
    Mono<PageWithTotal<Metric, Summary>> page(MetricFilter filter, PageRequest request) {
        var where = conditions(filter);
        var buckets = filter.hasTimeRange()
                ? BUCKETS + where // without the start of the page
                : COUNTED_BUCKETS + (filter.transactionType() == null ? "''" : ":transactionType");
        request.afterOrder(OffsetDateTime::parse)
                .ifPresent(after -> where.and("(recorded_at, id) < (:order, :number)", after));
        var statement = database.sql(PageWithTotal.sql(
                        SUMMARY.formatted(buckets),
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
        return database.sql(CHANGE.formatted("""
                        INSERT INTO metrics (transaction_type, duration, success, recorded_at)
                        SELECT transaction_type, duration, success, statement_timestamp() FROM unnest(:transactionTypes, :durations, :successes)
                            WITH ORDINALITY AS draft (transaction_type, duration, success, position)
                        ORDER BY position
                        """, COLUMNS))
                .bind("transactionTypes", Columns.of(drafts, Metric.Draft::transactionType, String[]::new))
                .bind("durations", Columns.of(drafts, Metric.Draft::duration, BigDecimal[]::new))
                .bind("successes", Columns.of(drafts, Metric.Draft::success, Boolean[]::new))
                .bind("sign", 1)
                .map(MetricRepository::metric)
                .all()
                .collectSortedList(Comparator.comparing(Metric::id));
    }

    /** Deletes some metrics from before this time, the oldest first, and returns their number. */
    Mono<Long> deleteBefore(OffsetDateTime time) {
        return transactions.run(database.sql(CHANGE.formatted("""
                        DELETE FROM metrics WHERE id IN (
                            SELECT id FROM metrics WHERE recorded_at < :time ORDER BY recorded_at LIMIT :rows FOR UPDATE SKIP LOCKED)
                        """, "id"))
                .bind("time", time)
                .bind("rows", Retention.STEP)
                .bind("sign", -1)
                .map(row -> row.get("id", Long.class))
                .all()
                .count());
    }

    private static Conditions conditions(MetricFilter filter) {
        return new Conditions()
                .and("transaction_type = :transactionType", "transactionType", filter.transactionType())
                .and("recorded_at >= :from", "from", filter.from())
                .and("recorded_at < :to", "to", filter.to());
    }

    /**
     * A percentile is the average duration of the bucket that contains it. The error is less than the width of the bucket,
     * and zero if all durations of the bucket are equal.
     */
    private static String percentile(int percent) {
        return """
                trim_scale(round(min(total_duration / (successes + failures)) FILTER (
                    WHERE 100 * rank >= %1$d * metrics AND 100 * (rank - successes - failures) < %1$d * metrics), 3))\
                """.formatted(percent);
    }

    private static Summary summary(Readable row) {
        return new Summary(
                row.get("successes", Long.class),
                row.get("failures", Long.class),
                row.get("total_duration", BigDecimal.class),
                row.get("p50", BigDecimal.class),
                row.get("p95", BigDecimal.class),
                row.get("p99", BigDecimal.class),
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
