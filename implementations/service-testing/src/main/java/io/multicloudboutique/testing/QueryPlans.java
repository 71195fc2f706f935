package io.multicloudboutique.testing;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.support.database.Pool;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Captures how PostgreSQL executes the statements that a service sends, with their actual parameters. PostgreSQL's
 * {@code auto_explain} writes each executed plan to the server log, and this class reads the plans from the log. Not
 * thread-safe.
 */
public final class QueryPlans {

    /**
     * How often a request is sent. After five executions of a prepared statement, PostgreSQL may switch to a generic
     * plan, which it then uses for all parameter values.
     */
    private static final int EXECUTIONS = 7;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RunningService service;
    private final Set<String> largeTables;
    private final ServerLog log;
    private final Pattern entry;

    private QueryPlans(RunningService service, Set<String> largeTables) {
        this.service = service;
        this.largeTables = largeTables;
        this.log = new ServerLog(service.database(), service.name());
        this.entry = log.pattern("LOG:  duration: .* plan:\\n((?:\\t.*\\n)+)");
    }

    /**
     * Starts to capture the plans of the service's statements. Fill the tables first, because this method updates their
     * statistics. It restarts the service with a single connection for
     * requests, so all of them share the same prepared statements.
     */
    public static QueryPlans of(RunningService service) {
        var database = service.database();
        database.execute("VACUUM ANALYZE");
        var large = database
                .rows("SELECT relname FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = '" + service.name()
                        + "'::regnamespace AND reltuples > " + ExecutedPlans.LARGE)
                .stream()
                .map(table -> table.get("relname").toString())
                .collect(toUnmodifiableSet());
        for (var setting : List.of(
                "session_preload_libraries = auto_explain",
                "auto_explain.log_min_duration = 0",
                "auto_explain.log_analyze = on",
                "auto_explain.log_buffers = on",
                "auto_explain.log_timing = off",
                "auto_explain.log_nested_statements = on", // such as the checks of foreign keys
                "auto_explain.log_format = json")) {
            database.execute("ALTER DATABASE " + database.name() + " SET " + setting);
        }
        var plans = new QueryPlans(service, large);
        service.restart("spring.r2dbc.pool.initial-size=1", "spring.r2dbc.pool.max-size=1");
        return plans;
    }

    /**
     * Sends a request several times and returns the plans of the executed statements. PostgreSQL first plans the
     * statements for their actual parameters, and then possibly generic plans for all parameters. The result includes
     * the statements of the service's background work in the meantime.
     *
     * @param request the request; it must be repeatable
     */
    public ExecutedPlans of(Runnable request) {
        return during(() -> {
            inAllSessions("SET plan_cache_mode = force_custom_plan");
            request.run();
            inAllSessions("RESET plan_cache_mode");
            for (int i = 1; i < EXECUTIONS; i++) {
                request.run();
            }
        });
    }

    private void inAllSessions(String statement) {
        var session = service.bean(DatabaseClient.class).sql(statement).then();
        for (var pool : Pool.values()) {
            pool.use(session).block(Duration.ofSeconds(20));
        }
    }

    /** Sends a GET several times, expects status 200 each time, and returns the plans of the executed statements. */
    public ExecutedPlans get(String path) {
        return of(() -> service.client().get(path).expect(200));
    }

    /**
     * Returns the query parameter for the page after this key.
     *
     * @param operation the id of the operation that returns the list
     * @param filters the filters of the list, as the service passes them to {@link PageRequest#of}
     */
    public static String cursor(String key, String operation, @Nullable Object... filters) {
        var list = PageRequest.of(1, null, operation, filters).list();
        return "cursor=" + Cursor.at(key).in(list).encoded();
    }

    /**
     * Runs an action once and returns the plans of the statements that the service executed meanwhile. The action can,
     * for example, wait for the service's background work.
     */
    public ExecutedPlans during(Runnable action) {
        long begin = log.size();
        action.run();
        awaitEndOfStatements();
        return new ExecutedPlans(executedSince(begin), largeTables);
    }

    /** PostgreSQL logs a plan when its statement ends, which can be after the arrival of the HTTP response. */
    private void awaitEndOfStatements() {
        await("end of the service's statements")
                .atMost(Duration.ofSeconds(30))
                .until(() -> service.database()
                        .rows("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
                                + " AND application_name = '" + service.name() + "'")
                        .isEmpty());
    }

    private List<ExecutedPlans.Plan> executedSince(long begin) {
        var plans = new ArrayList<ExecutedPlans.Plan>();
        var entries = entry.matcher(log.since(begin));
        while (entries.find()) {
            var json = JSON.readTree(entries.group(1));
            var statement = json.path("Query Text").asString();
            var queriesTypes = statement.contains("FROM pg_catalog."); // by the driver when it connects
            var countsForMetrics = statement.contains("LIMIT 100000"); // by a task, every 15 seconds
            if (!queriesTypes && !countsForMetrics) {
                plans.add(new ExecutedPlans.Plan(
                        statement, json.path("Query Parameters").asString(""), new PlanNode(json.path("Plan"))));
            }
        }
        assertThat(plans).as("plans in " + log).isNotEmpty();
        return plans;
    }
}
