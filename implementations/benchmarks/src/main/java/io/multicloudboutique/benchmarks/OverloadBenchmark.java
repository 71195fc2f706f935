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

    /** As many as the requests that may be in progress or wait. With more of them, the service would reject some. */
    private static final int MORE_CONNECTIONS = 2 * CONNECTIONS;

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
        for (int part = 1; part <= 4; part++) {
            steps.add(step("overload, part " + part + " of 4", CONNECTIONS, pace(CONNECTIONS, capacity), SECONDS / 4));
        }
        steps.add(step("with twice the connections", MORE_CONNECTIONS, pace(MORE_CONNECTIONS, capacity), SECONDS / 4));
        steps.add(step("the first 10 s after it", TIMES_CAPACITY * options.connections(), 0, SECONDS_OF_RECOVERY));
        return steps;
    }

    /** Returns the pause at which the connections together send three times the capacity, if each answer comes at once. */
    private static int pace(int connections, Step capacity) {
        return (int) (connections * 1000 / (TIMES_CAPACITY * capacity.result().requestsPerSecond()));
    }

    private Step step(String name, int connections, int pace, int seconds) {
        Wrk.Result result = wrk.start(
                        "overload", inventory.url(), connections, seconds, Map.of("PACE", Integer.toString(pace)))
                .awaitWithRefusals();
        return new Step(name, result, inventory.tree().residentBytes().orElse(0) / 1e6);
    }
}
