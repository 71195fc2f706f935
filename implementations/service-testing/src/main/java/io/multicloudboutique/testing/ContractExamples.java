package io.multicloudboutique.testing;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.multicloudboutique.testing.ContractClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks that a service is what its contract says: it has the same operations, every request example succeeds, and every
 * problem example can occur. A service's test extends this class, passes ids for the path parameters, and overrides {@link #provocations} for the problems
 * that not every contract has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ContractExamples {

    private static final Set<String> EXEMPT = Set.of(
            "unauthenticated", // access is open in these tests; food's JwtTest provokes this problem for all contracts
            "forbidden", // like unauthenticated
            "internal"); // no request should cause it

    private final RunningService service;
    private final Map<String, String> ids;
    private final List<ContractOperation> operations;
    private final Map<String, Callable<Answer>> provocations;

    /**
     * @param service the service, with fresh data
     * @param ids for each path parameter of the operations with a request body, the id of an existing item, as
     *     {@link ContractOperation#pathOf} expects them
     */
    protected ContractExamples(RunningService service, Map<String, String> ids) {
        this.service = service;
        this.ids = ids;
        this.operations = ContractOperation.of(service.name());
        this.provocations = new HashMap<>(provocationsOfEveryContract());
        provocations.putAll(provocations());
    }

    /**
     * Returns the calls that provoke the problems that not every contract has. Each call must use data of its own. The
     * key is the name of the example. If one operation has a different example with this name, the key of its call is
     * the operation's id, a space, and the name.
     */
    protected Map<String, Callable<Answer>> provocations() {
        return Map.of();
    }

    /** Runs before each test. Override it to remove data that would make a request fail. */
    protected void makeRoom() {}

    @BeforeEach
    final void makeRoomFirst() {
        makeRoom();
    }

    /** An endpoint that no contract documents fails this test, like an operation whose code differs from its contract. */
    @Test
    void springdocFindsInTheCodeWhatTheContractSays() {
        assertThat(ContractAndCode.code(service)).isEqualTo(ContractAndCode.contract(service.name()));
        assertThat(ContractAndCode.routes(service))
                .as("A router function serves only the contract: springdoc would not see its operations")
                .containsExactlyInAnyOrder("/openapi.yaml", "/openapi.json", "/v3/api-docs", "/v3/api-docs.yaml");
    }

    Stream<Arguments> requests() {
        return operations.stream()
                .flatMap(operation -> operation.requests().entrySet().stream()
                        .map(example -> arguments(operation.id(), example.getKey(), operation, example.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}", quoteTextArguments = false)
    @MethodSource("requests")
    void aRequestExampleSucceeds(String id, String name, ContractOperation operation, JsonNode body) {
        client().call(operation.method(), operation.pathOf(ids))
                .json(body.toString())
                .expect(operation.success());
    }

    Stream<Arguments> problems() {
        return operations.stream()
                .flatMap(operation -> operation.problems().entrySet().stream()
                        .filter(example -> !EXEMPT.contains(code(example.getValue())))
                        .map(example -> Map.entry(key(operation, example.getKey()), example.getValue())))
                .distinct()
                .map(problem -> arguments(problem.getKey(), problem.getValue()));
    }

    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @MethodSource("problems")
    void aProblemExampleOccurs(String key, JsonNode shown) throws Exception {
        assertThat(provocations)
                .as("Add a call that provokes this problem to provocations()")
                .containsKey(key);
        assertIsShown(provocations.get(key).call(), shown);
    }

    /** Asserts that a problem has the same status, code, type and title as the example, and the same set of members. */
    public static void assertIsShown(Answer answer, JsonNode shown) {
        assertThat(answer.status())
                .as(answer.toString())
                .isEqualTo(shown.path("status").asInt());
        for (var member : List.of("code", "type", "title")) {
            assertThat(answer.json().path(member)).as(answer.toString()).isEqualTo(shown.path(member));
        }
        assertThat(answer.json().propertyNames()).as(answer.toString()).hasSameElementsAs(shown.propertyNames());
    }

    @Test
    void everyProvocationBelongsToAnExample() {
        var shown = problems().map(problem -> problem.get()[0]).collect(toSet());
        assertThat(provocations().keySet()).allMatch(shown::contains);
    }

    /** During a rollout, instances of this release serve requests while the next release has already migrated the schema. */
    @Test
    void columnsThatTheNextReleaseAddsDisturbNoRequest() {
        service.restart("spring.r2dbc.pool.max-size=1"); // the first round prepares each statement on each connection
        callEveryOperation("before");
        service.database()
                .rows("SELECT table_name FROM information_schema.tables WHERE table_schema = '" + service.name() + "'")
                .forEach(table -> service.database()
                        .execute("ALTER TABLE " + service.name() + "." + table.get("table_name")
                                + " ADD COLUMN added_by_next_release text NOT NULL DEFAULT ''"));
        callEveryOperation("after");
    }

    /** Calls the operations that have an example or need no body, except deletions. */
    private void callEveryOperation(String key) {
        for (var operation : operations) {
            var path = operation.pathOf(ids);
            if (operation.method().equals("GET") && !path.contains("{")) {
                client().get(path).expect(operation.success());
            }
            for (var example : operation.requests().entrySet()) {
                makeRoom();
                client().call(operation.method(), path)
                        .header("Idempotency-Key", key + example.getKey())
                        .json(example.getValue().toString())
                        .expect(operation.success());
            }
        }
    }

    private Map<String, Callable<Answer>> provocationsOfEveryContract() {
        return Map.ofEntries(
                entry("malformedRequest", () -> create("name=Lamp").send()),
                entry("validationFailed", () -> create("{}").send()),
                entry("notFound", () -> client().get(itemPath("999999999")).send()),
                entry(
                        "notAcceptable",
                        () -> client().get(creation().path())
                                .header("Accept", "application/xml")
                                .send()),
                entry(
                        "preconditionFailed",
                        () -> client().put(change().pathOf(ids))
                                .header("If-Match", "\"77\"")
                                .json("{}")
                                .send()),
                entry("contentTooLarge", () -> create(" ".repeat(70_000)).send()),
                entry(
                        "unsupportedMediaType",
                        () -> client().post(creation().path())
                                .header("Content-Type", "text/plain")
                                .body("Lamp")
                                .send()),
                entry(
                        "contentEncoding",
                        () -> create("{}").header("Content-Encoding", "gzip").send()),
                entry(
                        "uriTooLong",
                        () -> client().get(creation().path() + "?unheardOf=" + "x".repeat(9_000))
                                .send()),
                entry(
                        "headersTooLarge",
                        () -> client().get(creation().path())
                                .header("X-Unheard-Of", "x".repeat(9_000))
                                .send()),
                entry("idempotencyKeyReused", this::reuseAKey),
                entry("requestInProgress", this::repeatWhileInProgress),
                entry("rateLimited", this::exceedTheRateLimit),
                entry("unavailable", this::listWithoutDatabase));
    }

    private Answer reuseAKey() {
        var body = (ObjectNode) example().deepCopy();
        create(body.toString()).header("Idempotency-Key", "reused").expect(201);
        var text = body.propertyStream()
                .filter(property -> property.getValue().isString())
                .findFirst()
                .orElseThrow();
        body.put(text.getKey(), text.getValue().asString() + "2");
        return create(body.toString()).header("Idempotency-Key", "reused").send();
    }

    private Answer repeatWhileInProgress() throws Exception {
        try (var first = service.database().connect()) {
            first.setAutoCommit(false);
            first.createStatement()
                    .execute("INSERT INTO " + service.name()
                            + ".idempotency_keys (caller, method, path, key, fingerprint, expires_at) VALUES ('', 'POST', '"
                            + creation().path() + "', 'running', '', 'infinity')");
            return create(example().toString())
                    .header("Idempotency-Key", "running")
                    .send();
        }
    }

    private Answer exceedTheRateLimit() {
        service.restart("boutique.rate-limit.requests-per-second=1");
        try {
            return await().until(() -> client().get(creation().path()).send(), answer -> answer.status() != 200);
        } finally {
            service.restart();
        }
    }

    private Answer listWithoutDatabase() {
        service.database().refuseConnections();
        try {
            return client().get(creation().path()).send();
        } finally {
            service.database().acceptConnections();
            await().until(() -> client().get(creation().path()).send().status() == 200);
        }
    }

    /** Returns the operation that creates the main resource of the service. */
    private ContractOperation creation() {
        return operations.stream()
                .filter(operation -> operation.id().startsWith("create"))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the operation that changes an item of the main resource. */
    private ContractOperation change() {
        return operations.stream()
                .filter(operation -> operation.method().equals("PUT"))
                .findFirst()
                .orElseThrow();
    }

    private ContractClient.Call create(String body) {
        return client().post(creation().path()).json(body);
    }

    private JsonNode example() {
        return creation().requests().values().iterator().next();
    }

    private String itemPath(String id) {
        return creation().path() + "/" + id;
    }

    private ContractClient client() {
        return service.client();
    }

    private String key(ContractOperation operation, String example) {
        var own = operation.id() + " " + example;
        return provocations.containsKey(own) ? own : example;
    }

    private static String code(JsonNode problem) {
        return problem.path("code").asString();
    }
}
