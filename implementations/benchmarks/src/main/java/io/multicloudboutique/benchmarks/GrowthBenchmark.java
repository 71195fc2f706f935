package io.multicloudboutique.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the same operations of our services after adding more and more rows to their tables. */
final class GrowthBenchmark {

    /**
     * The result of one operation.
     *
     * @param requestsPerSecond medians, one for each of {@link #ROWS}
     */
    record Operation(String title, List<Double> requestsPerSecond) {}

    static final List<Integer> ROWS = List.of(1_000, 1_000_000, 10_000_000);

    private record Work(String title, String script, Service service) {}

    private static final List<Work> WORK = List.of(
            new Work("GET one product", "get", Service.INVENTORY),
            new Work("list 50 products with the total", "list", Service.INVENTORY),
            new Work("reserve, spread over 1,000 products", "reserve", Service.INVENTORY),
            new Work("list 50 metrics with the summary", "metrics", Service.ANALYTICS),
            new Work("record a metric", "metric", Service.ANALYTICS),
            new Work("list 50 transactions with the total", "transactions", Service.ACCOUNTING),
            new Work("record a transaction", "transaction", Service.ACCOUNTING));

    /** Statements that add the rows from {@code :from} to {@code :to} to the tables of a service. */
    private static final Map<Service, String> FILL = Map.of(
            Service.INVENTORY, """
                    INSERT INTO inventory.products (product_id, name, stock_level)
                    SELECT 'row-' || i, 'Product ' || i, 1000 FROM generate_series(:from, :to) i;
                    INSERT INTO inventory.movements (product_id, kind, stock_delta, reserved_delta)
                    SELECT 'row-' || i, 'adjustment', 1000, 0 FROM generate_series(:from, :to) i;
                    INSERT INTO inventory.totals (name, items, amount) VALUES ('products', :to - :from + 1, 0);
                    """,
            Service.ANALYTICS, """
                    INSERT INTO analytics.metrics (transaction_type, duration, success, recorded_at)
                    SELECT 'type-' || i % 10, i % 1000, i % 10 > 0, now() - (:to - i) * interval '1 second'
                    FROM generate_series(:from, :to) i;
                    TRUNCATE analytics.durations;
                    INSERT INTO analytics.durations (transaction_type, bucket, slot, successes, failures, total_duration)
                    SELECT coalesce(transaction_type, ''), bucket, 1,
                        count(*) FILTER (WHERE success), count(*) FILTER (WHERE NOT success), sum(duration)
                    FROM analytics.metrics GROUP BY GROUPING SETS ((transaction_type, bucket), (bucket));
                    """,
            Service.ACCOUNTING, """
                    INSERT INTO accounting.transactions (item, price, date)
                    SELECT 'Item ' || i, i % 1000, current_date - i % 1000 FROM generate_series(:from, :to) i;
                    INSERT INTO accounting.totals (name, items, amount)
                    SELECT 'transactions', count(*), sum(i % 1000) FROM generate_series(:from, :to) i;
                    """);

    private final BoutiqueTarget boutique;
    private final Database database;
    private final Fleet fleet;
    private final Wrk wrk;
    private final Options options;

    GrowthBenchmark(BoutiqueTarget boutique, Database database, Fleet fleet, Wrk wrk, Options options) {
        this.boutique = boutique;
        this.database = database;
        this.fleet = fleet;
        this.wrk = wrk;
        this.options = options;
    }

    List<Operation> run() {
        for (Work work : WORK) {
            load(work, options.warmUpSeconds());
        }
        List<List<Double>> speeds = new ArrayList<>();
        WORK.forEach(work -> speeds.add(new ArrayList<>()));
        int rowsBefore = 0;
        for (int rows : ROWS) {
            System.out.printf(Locale.ROOT, "growth     %,d rows%n", rows);
            fill(rowsBefore + 1, rows);
            rowsBefore = rows;
            for (int i = 0; i < WORK.size(); i++) {
                List<Double> rounds = new ArrayList<>();
                for (int round = 1; round <= options.rounds(); round++) {
                    rounds.add(load(WORK.get(i), options.seconds()));
                }
                speeds.get(i).add(Summary.of(rounds).median());
            }
        }
        // The database stays until the next run, which creates a new one.
        database.execute(
                BoutiqueTarget.DATABASE,
                "TRUNCATE inventory.products, analytics.metrics, accounting.transactions CASCADE");
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < WORK.size(); i++) {
            operations.add(new Operation(WORK.get(i).title(), speeds.get(i)));
        }
        return operations;
    }

    private void fill(int from, int to) {
        FILL.values()
                .forEach(statements -> database.execute(
                        BoutiqueTarget.DATABASE,
                        statements.replace(":from", Integer.toString(from)).replace(":to", Integer.toString(to))));
        // Autovacuum would do this later.
        database.execute(BoutiqueTarget.DATABASE, "VACUUM ANALYZE");
        database.checkpoint();
    }

    private double load(Work work, int seconds) {
        String url = fleet.process(boutique, work.service()).url();
        return seconds == 0
                ? 0
                : wrk.start(work.script(), url, options.connections(), seconds)
                        .await()
                        .requestsPerSecond();
    }
}
