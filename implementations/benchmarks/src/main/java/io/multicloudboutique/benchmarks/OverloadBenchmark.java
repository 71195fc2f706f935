package io.multicloudboutique.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sends up to three times as many requests as our inventory can answer, and measures how it copes and recovers. The clients
 * wait for each answer, so they send fewer requests than they want to if the answers take long.
 */
final class OverloadBenchmark {

    /**
     * The result of one step.
     *
     * @param result what the clients saw
     * @param residentMegabytes the memory afterwards
     */
    record Step(String name, Wrk.Result result, double residentMegabytes) {}

    private static final int TIMES_CAPACITY = 3;
    private static final int CONNECTIONS = 1000;
    private static final int SECONDS = 120;
    private static final int SECONDS_OF_RECOVERY = 10;

    private final ServerProcess inventory;
    private final Database database;
    private final Wrk wrk;
    private final Options options;

    OverloadBenchmark(ServerProcess inventory, Database database, Wrk wrk, Options options) {
        this.inventory = inventory;
        this.database = database;
        this.wrk = wrk;
        this.options = options;
    }

    List<Step> run() {
        List<Step> steps = new ArrayList<>();
        database.checkpoint();
        Step capacity = step("capacity", TIMES_CAPACITY * options.connections(), 0, SECONDS_OF_RECOVERY);
        steps.add(capacity);
        // The pace at which the connections together send three times the capacity, if the service answers at once.
        int pace =
                (int) (CONNECTIONS * 1000 / (TIMES_CAPACITY * capacity.result().requestsPerSecond()));
        for (int part = 1; part <= 4; part++) {
            steps.add(step("overload, part " + part + " of 4", CONNECTIONS, pace, SECONDS / 4));
        }
        steps.add(step("the first 10 s after it", TIMES_CAPACITY * options.connections(), 0, SECONDS_OF_RECOVERY));
        return steps;
    }

    private Step step(String name, int connections, int pace, int seconds) {
        Wrk.Result result = wrk.start(
                        "overload", inventory.url(), connections, seconds, Map.of("PACE", Integer.toString(pace)))
                .awaitWithRefusals();
        return new Step(name, result, inventory.tree().residentBytes().orElse(0) / 1e6);
    }
}
