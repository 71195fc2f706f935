package io.multicloudboutique.food;

import static java.util.Map.entry;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.ContractExamples;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExamplesTest extends ContractExamples {

    @RegisterExtension
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=http://127.0.0.1:1");

    private static final String SALAD = "{\"name\":\"Salad\",\"category\":\"Salad\",\"price\":8}";

    ExamplesTest() {
        super("food", food, Map.of("id", "1"));
    }

    @Override
    protected Map<String, Callable<Answer>> provocations() {
        return Map.ofEntries(
                entry("malformedRequest", () -> post("name=Salad").send()),
                entry("validationFailed", () -> post(SALAD.replace("8", "-8")).send()),
                entry("notFound", () -> client().get("/food/999999999").send()),
                entry(
                        "notAcceptable",
                        () -> client().get("/food/1")
                                .header("Accept", "application/xml")
                                .send()),
                entry(
                        "preconditionFailed",
                        () -> client().delete("/food/1")
                                .header("If-Match", "\"77\"")
                                .send()),
                entry("contentTooLarge", () -> post(" ".repeat(70_000)).send()),
                entry(
                        "unsupportedMediaType",
                        () -> client().post("/food")
                                .header("Content-Type", "text/plain")
                                .body("Salad")
                                .send()),
                entry("idempotencyKeyReused", this::reuseAKey),
                entry("requestInProgress", this::repeatWhileItRuns),
                entry("unavailable", this::takeTheDatabaseAway));
    }

    private Answer reuseAKey() {
        post(SALAD).header("Idempotency-Key", "reused").expect(201);
        return post(SALAD.replace("8", "9")).header("Idempotency-Key", "reused").send();
    }

    private Answer repeatWhileItRuns() throws Exception {
        post(SALAD).header("Idempotency-Key", "running").expect(201);
        try (var first = food.database().connect()) {
            first.setAutoCommit(false);
            first.createStatement().execute("SELECT 1 FROM food.idempotency_keys WHERE key = 'running' FOR UPDATE");
            return post(SALAD).header("Idempotency-Key", "running").send();
        }
    }

    private Answer takeTheDatabaseAway() {
        food.database().refuseConnections();
        try {
            return client().get("/food/1").send();
        } finally {
            food.database().acceptConnections();
            await().until(() -> client().get("/food/1").send().status() == 200);
        }
    }

    private static ContractClient.Call post(String body) {
        return client().post("/food").json(body);
    }

    private static ContractClient client() {
        return food.client();
    }
}
