package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.inventory.InventoryApplication;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies which API keys are accepted and which operations they permit, including calls between services. */
class ApiKeyTest {

    private static final String SALAD = "{\"name\":\"Salad\",\"category\":\"Salad\",\"price\":8}";
    private static final String OLD = "checkout-2025";
    private static final String NEW = "checkout-2026";
    private static final String OTHER = "warehouse";

    @RegisterExtension
    @Order(1)
    static final RunningService inventory = RunningService.of(
            InventoryApplication.class,
            "inventory",
            // Services call each other with API keys, even if other clients use tokens.
            () -> "boutique.security.mode=jwt",
            () -> "boutique.security.jwt.issuer=http://127.0.0.1:1",
            () -> "boutique.security.jwt.audience=" + Issuer.AUDIENCE,
            () -> "boutique.security.api-keys=food=" + hash("food-key"));

    @RegisterExtension
    @Order(2)
    static final RunningService food = RunningService.of(
            FoodApplication.class,
            "food",
            () -> "inventory.service.url=" + inventory.url(),
            () -> "inventory.api.key=food-key",
            () -> "boutique.security.mode=api-key",
            () -> "boutique.security.api-keys=checkout=%s, checkout=%s,warehouse=%s"
                    .formatted(hash(OLD), hash(NEW).toUpperCase(Locale.ROOT), hash(OTHER)));

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW, OTHER})
    void knownKeyPermitsAllOperations(String key) {
        client().get("/food").header("X-API-Key", key).expect(200);
        var id = create(key).expect(201).json().path("id").asLong();
        client().put("/food/" + id).json("{}").header("X-API-Key", key).expect(200);
        client().delete("/food/" + id).header("X-API-Key", key).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wrong", "checkout", OLD + "x", OLD + "," + NEW, "checkout=" + OLD, "hash of a known key"})
    void unknownKeyIsRejectedAndHasNoEffect(String key) {
        var before = food.database().content("food");

        var response =
                create(key.equals("hash of a known key") ? hash(OLD) : key).expectProblem(401, "unauthenticated");

        assertThat(response.header("WWW-Authenticate")).isEqualTo("ApiKey");
        assertThat(food.database().content("food")).isEqualTo(before);
    }

    @Test
    void twoKeysInOneRequestAreRejected() {
        create(OLD).header("X-API-Key", "wrong").expectProblem(401, "unauthenticated");
        create("wrong").header("X-API-Key", OLD).expectProblem(401, "unauthenticated");
    }

    @Test
    void keyOutsideItsHeaderIsIgnored() {
        client().get("/food/1?X-API-Key=" + OLD).expectProblem(401, "unauthenticated");
        client().get("/food/1").header("Authorization", "Bearer " + OLD).expectProblem(401, "unauthenticated");
        client().get("/food/1").header("Authorization", "ApiKey " + OLD).expectProblem(401, "unauthenticated");
        client().get("/food/1").header("Cookie", "X-API-Key=" + OLD).expectProblem(401, "unauthenticated");
    }

    @Test
    void allApiKeysOfACallerShareItsIdempotencyKeysButCallersDoNot() {
        var first = create(OLD).header("Idempotency-Key", "salad-1").expect(201);
        var again = create(NEW).header("Idempotency-Key", "salad-1").expect(201);
        var other = create(OTHER).header("Idempotency-Key", "salad-1").expect(201);

        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.header("Idempotent-Replayed")).isEmpty();
        assertThat(other.json().path("id")).isNotEqualTo(first.json().path("id"));
        assertThat(food.database().rows("SELECT DISTINCT caller FROM food.idempotency_keys ORDER BY 1"))
                .extracting(row -> row.get("caller"))
                .containsExactly("key:checkout", "key:warehouse");
    }

    @Test
    void inventoryAcceptsOnlyTheApiKeyOfFood() {
        var list = client().get("/food").header("X-API-Key", OLD).expect(200);
        assertThat(list.json().path("inventoryCheck").path("checked").asBoolean())
                .isTrue();

        var response = inventory.client().get("/inventory").expectProblem(401, "unauthenticated");
        assertThat(response.headerValues("WWW-Authenticate")).containsExactly("Bearer", "ApiKey");
        assertThat(response.json().path("detail").asString())
                .isEqualTo(
                        "The request has no credentials that this service accepts. Send an API key in X-API-Key or a bearer token in Authorization.");
        // A bearer token in the same request does not make a wrong API key acceptable.
        inventory
                .client()
                .get("/inventory")
                .header("X-API-Key", OLD)
                .header("Authorization", "Bearer a.b.c")
                .expectProblem(401, "unauthenticated");
    }

    private static ContractClient.Call create(String key) {
        return client().post("/food").json(SALAD).header("X-API-Key", key);
    }

    private static ContractClient client() {
        return food.client();
    }

    private static String hash(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
