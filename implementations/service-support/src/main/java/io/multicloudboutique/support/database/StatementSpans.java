package io.multicloudboutique.support.database;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationRegistry;
import io.multicloudboutique.support.telemetry.Traces;
import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.proxy.core.QueryExecutionInfo;
import io.r2dbc.proxy.observation.ObservationProxyExecutionListener;
import io.r2dbc.proxy.observation.QueryContext;
import io.r2dbc.proxy.observation.QueryObservationConvention;
import io.r2dbc.spi.ConnectionFactory;
import java.util.regex.Pattern;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Creates a span for each SQL statement of a trace that is recorded. A span has the text of the statement, but no values.
 * Statements outside a trace, such as those of periodic tasks, have no span. Thread-safe.
 */
final class StatementSpans extends ObservationProxyExecutionListener {

    private StatementSpans(ObservationRegistry observations, ConnectionFactory connections) {
        super(observations, connections, null);
        setQueryObservationConvention(new Convention());
    }

    /** Returns the same connections if tracing is off. */
    static ConnectionFactory around(ConnectionFactory connections, ObservationRegistry observations) {
        return observations.isNoop()
                ? connections
                : ProxyConnectionFactory.builder(connections)
                        .listener(new StatementSpans(observations, connections))
                        .build();
    }

    @Override
    public void beforeQuery(QueryExecutionInfo execution) {
        ContextView context = execution.getValueStore().getOrDefault(ContextView.class, Context.empty());
        if (Traces.recorded(context) != null) {
            super.beforeQuery(execution);
        }
    }

    /** The names and attributes of OpenTelemetry's conventions for databases. */
    private static final class Convention implements QueryObservationConvention {

        private static final Pattern CHANGE =
                Pattern.compile("\\b(INSERT|DELETE|(?<!FOR )UPDATE)(?: INTO| FROM)? (\\w+)");
        private static final Pattern READ = Pattern.compile("\\b(?:FROM|JOIN) (\\w+)\\b(?!\\()");

        @Override
        public String getName() {
            return "db.client.statement";
        }

        @Override
        public String getContextualName(QueryContext context) {
            return summary(text(context));
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(QueryContext context) {
            return KeyValues.of("db.system.name", "postgresql");
        }

        @Override
        public KeyValues getHighCardinalityKeyValues(QueryContext context) {
            var text = text(context);
            return KeyValues.of("db.query.text", text, "db.query.summary", summary(text));
        }

        private static String text(QueryContext context) {
            return String.join("; ", context.getQueries());
        }

        /** Returns the verb of a statement and its tables, such as {@code SELECT totals products}. */
        private static String summary(String sql) {
            var change = CHANGE.matcher(sql);
            if (change.find()) {
                return change.group(1) + " " + change.group(2);
            }
            var tables = READ.matcher(sql)
                    .results()
                    .map(table -> table.group(1))
                    .filter(name -> !sql.contains(name + " AS ("))
                    .distinct()
                    .toList();
            return tables.isEmpty() ? sql.strip().split("\\s", 2)[0] : "SELECT " + String.join(" ", tables);
        }
    }
}
