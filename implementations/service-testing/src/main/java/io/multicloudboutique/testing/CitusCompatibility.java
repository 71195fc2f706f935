package io.multicloudboutique.testing;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/**
 * Checks that Citus would run a service's migrations, and every statement in the code of the service, as PostgreSQL does:
 * see {@link CitusRules}. It needs no Citus. A service's test extends this class and passes ids for the path parameters.
 *
 * <p>The statements are those that PostgreSQL receives while each operation of the contract is called. No statement is
 * missed: each line that calls {@link DatabaseClient#sql} must have been reached, in the service and in what it uses.
 */
@Tag(TestDatabase.OWN_SERVER) // reads the parsed statements from the log of PostgreSQL
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CitusCompatibility {

    private final RunningService service;
    private final Map<String, String> ids;
    private final List<ContractOperation> operations;

    /**
     * @param service the service, with fresh data
     * @param ids for each path parameter, the id of an existing item; the paths with other parameters are left to
     *     {@link #callMore}
     */
    protected CitusCompatibility(RunningService service, Map<String, String> ids) {
        this.service = service;
        this.ids = ids;
        this.operations = ContractOperation.of(service.name());
    }

    /** Calls what reaches the statements that the operations of the contract do not reach with their examples. */
    protected void callMore(ContractClient client) {}

    @Test
    void everyStatementInTheCodeRunsOnCitus() throws Exception {
        var arriving = new ParsedStatements(service.database(), service.name());
        service.restart();
        var calls = service.bean(SqlCalls.class);
        createWhileAnotherInstanceDoes();
        callEveryOperation();
        callMore(service.client());

        var inCode = linesInCode();
        var statements = new LinkedHashMap<String, List<ParseTree>>();
        await("statements, also those of background work")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> {
                    statements.putAll(arriving.next());
                    assertThat(calls.linesOf(statements.keySet()))
                            .as("the lines that call DatabaseClient.sql: a test must reach each of them")
                            .containsAll(inCode);
                });
        assertRunOnCitus(statements, service.name());
    }

    @Test
    void everyMigrationRunsOnCitus() throws Exception {
        var database = service.database();
        var schema = "migrations";
        database.execute("CREATE SCHEMA " + schema);
        var arriving = new ParsedStatements(database, schema);
        try (var connection = database.connect()) {
            connection.setClientInfo("ApplicationName", schema);
            connection.setAutoCommit(false);
            connection.setSchema(schema);
            connection.commit();
            arriving.next();
            for (var migration : migrations()) {
                connection.createStatement().execute(migration.getContentAsString(StandardCharsets.UTF_8));
                connection.commit();
            }
        }
        var statements = arriving.next();
        assertThat(statements).isNotEmpty();
        assertRunOnCitus(statements, schema);
    }

    private void assertRunOnCitus(Map<String, List<ParseTree>> statements, String schema) {
        var rules = new CitusRules(service.database(), schema);
        var faults = new LinkedHashSet<String>();
        statements.forEach((statement, trees) -> trees.stream()
                .flatMap(tree -> rules.brokenBy(tree).stream())
                .forEach(rule -> faults.add(rule + "\n\n" + statement + "\n")));
        assertThat(faults).isEmpty();
    }

    /** Returns the lines of the service's code, and of the code that it uses, that call {@link DatabaseClient#sql}. */
    private Set<String> linesInCode() {
        var own = "io.multicloudboutique." + service.name();
        var classes = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(own, "io.multicloudboutique.support")
                        .stream()
                        .filter(type -> type.getPackageName().startsWith(own))
                        .flatMap(type -> Stream.concat(
                                Stream.of(type),
                                type.getTransitiveDependenciesFromSelf().stream()
                                        .map(Dependency::getTargetClass)))
                        .distinct();
        var lines = classes.flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isAssignableTo(DatabaseClient.class)
                        && access.getName().equals("sql"))
                .map(access -> access.getOriginOwner().getName() + ":" + access.getLineNumber())
                .collect(toCollection(TreeSet::new));
        assertThat(lines).anyMatch(line -> line.startsWith(own)).anyMatch(line -> line.contains(".support."));
        return lines;
    }

    private List<Resource> migrations() throws IOException {
        var resources = new PathMatchingResourcePatternResolver();
        var migrations = new ArrayList<Resource>();
        for (var folder : List.of("support", service.name())) {
            migrations.addAll(List.of(resources.getResources("classpath*:db/" + folder + "/*.sql")));
        }
        migrations.sort(Comparator.comparing(Resource::getFilename)); // the order of their versions
        return migrations;
    }

    /**
     * Calls each operation, with each example of its body and of its query parameters; deletions come last. A call may fail,
     * such as the second one with the same reference, because only its statements matter.
     */
    private void callEveryOperation() {
        var client = service.client();
        for (var operation : operations) {
            var path = operation.pathOf(ids);
            if (operation.method().equals("GET") && !path.contains("{")) {
                var next = client.get(path + "?limit=1").send().headerValues("Next-Cursor");
                next.forEach(
                        cursor -> client.get(path + "?limit=1&cursor=" + cursor).send());
                for (var parameter : operation.parameters()) {
                    if (parameter.getIn().equals("query")
                            && parameter.getSchema().getExample() != null) {
                        client.get(path + "?" + parameter.getName() + "="
                                        + parameter.getSchema().getExample())
                                .send();
                    }
                }
            }
            for (var body : operation.requests().values()) {
                send(operation, body);
                send(operation, body); // the response is stored
            }
        }
        operations.stream()
                .filter(operation -> operation.method().equals("DELETE"))
                .forEach(operation -> client.delete(operation.pathOf(ids)).send());
    }

    /**
     * Another instance stores the same key, and gives up when the service has waited for so long that it treats the request
     * alone.
     */
    private void createWhileAnotherInstanceDoes() throws SQLException {
        var creation = operations.stream()
                .filter(operation -> operation.id().startsWith("create"))
                .findFirst()
                .orElseThrow();
        var body = creation.requests().values().iterator().next();
        var database = service.database();
        try (var otherInstance = database.connect()) {
            otherInstance.setAutoCommit(false);
            otherInstance
                    .createStatement()
                    .execute(
                            "INSERT INTO %s.idempotency_keys (caller, method, path, key, fingerprint, expires_at) VALUES ('', 'POST', '%s', '%s', '', now())"
                                    .formatted(service.name(), creation.path(), key(creation, body)));
            var request = new AtomicReference<CompletableFuture<?>>(CompletableFuture.completedFuture(null));
            await("request that waits alone").atMost(Duration.ofSeconds(20)).until(() -> {
                if (request.get().isDone()) { // also after two seconds of waiting, which a slow machine may miss
                    request.set(CompletableFuture.runAsync(() -> send(creation, body)));
                }
                return !database.rows("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%VALUES (%'")
                        .isEmpty();
            });
            otherInstance.rollback();
            request.get().join();
        }
    }

    private void send(ContractOperation operation, JsonNode body) {
        service.client()
                .call(operation.method(), operation.pathOf(ids))
                .header("Idempotency-Key", key(operation, body))
                .json(body.toString())
                .send();
    }

    private static String key(ContractOperation operation, JsonNode body) {
        return operation.id() + body.hashCode();
    }
}
