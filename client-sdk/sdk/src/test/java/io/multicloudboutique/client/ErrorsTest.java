package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.answer;
import static io.multicloudboutique.client.ScriptedServer.json;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.errors.AuthenticationException;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.IdempotencyKeyReusedException;
import io.multicloudboutique.client.errors.InsufficientStockException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PermissionException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import io.multicloudboutique.client.errors.Problem;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.errors.ProblemException;
import io.multicloudboutique.client.errors.RateLimitedException;
import io.multicloudboutique.client.errors.ServerException;
import io.multicloudboutique.client.errors.Shortage;
import io.multicloudboutique.client.errors.ValidationException;
import io.multicloudboutique.client.errors.Violation;
import io.multicloudboutique.client.inventory.MovementKind;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationStatus;
import io.multicloudboutique.client.inventory.StockQuantity;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {

    private static final String PRODUCT = """
            {"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
            "lastUpdated":"2026-01-20T10:30:00.125Z"%s}""";

    private ScriptedServer server;
    private BoutiqueClient client;

    private BoutiqueClient client(Step... steps) {
        server = new ScriptedServer(steps);
        client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .apiKey("a-secret-key")
                .maxRetries(0)
                .build();
        return client;
    }

    @AfterEach
    void close() throws Exception {
        if (server != null) {
            client.close();
            server.close();
        }
    }

    static Stream<Arguments> everyCode() {
        return Stream.of(
                arguments("malformed-request", 400, ValidationException.class),
                arguments("validation-failed", 400, ValidationException.class),
                arguments("unauthenticated", 401, AuthenticationException.class),
                arguments("forbidden", 403, PermissionException.class),
                arguments("not-found", 404, NotFoundException.class),
                arguments("method-not-allowed", 405, ProblemException.class),
                arguments("not-acceptable", 406, ProblemException.class),
                arguments("already-exists", 409, ConflictException.class),
                arguments("insufficient-stock", 409, InsufficientStockException.class),
                arguments("stock-below-reserved", 409, ConflictException.class),
                arguments("product-reserved", 409, ConflictException.class),
                arguments("product-archived", 409, ConflictException.class),
                arguments("release-exceeds-reserved", 409, ConflictException.class),
                arguments("reservation-not-active", 409, ConflictException.class),
                arguments("reservation-not-confirmed", 409, ConflictException.class),
                arguments("already-returned", 409, ConflictException.class),
                arguments("reference-taken", 409, ConflictException.class),
                arguments("refund-exceeds-rest", 409, ConflictException.class),
                arguments("transaction-refunded", 409, ConflictException.class),
                arguments("request-in-progress", 409, ConflictException.class),
                arguments("precondition-failed", 412, PreconditionFailedException.class),
                arguments("content-too-large", 413, ProblemException.class),
                arguments("uri-too-long", 414, ProblemException.class),
                arguments("unsupported-media-type", 415, ProblemException.class),
                arguments("idempotency-key-reused", 422, IdempotencyKeyReusedException.class),
                arguments("rate-limited", 429, RateLimitedException.class),
                arguments("headers-too-large", 431, ProblemException.class),
                arguments("internal", 500, ServerException.class),
                arguments("unavailable", 503, ServerException.class));
    }

    @ParameterizedTest
    @MethodSource("everyCode")
    void eachProblemCodeHasItsException(String code, int status, Class<?> type) {
        var failure = catchThrowableOfType(
                ProblemException.class,
                () -> client(problem(status, code, "", "X-Request-Id: 1"))
                        .inventory()
                        .reserveStock(
                                "A", StockQuantity.of(1), RequestOptions.none().withIdempotencyKey("key-1")));

        assertThat(failure).isExactlyInstanceOf(type);
        assertThat(failure.code()).hasToString(code);
        assertThat(failure.status()).contains(status);
        assertThat(failure.headers().get("x-request-ID")).containsExactly("1");
        assertThat(failure)
                .hasMessageStartingWith(
                        "reserveStock (POST " + server.url() + "/inventory/A/reserve, request " + failure.requestId()
                                + ", 1 attempt) failed: " + status + " " + code + ": Something went wrong.");
    }

    @Test
    void theProblemCodesMatchTheContract() {
        var contract = new OpenAPIV3Parser().read("openapi/shared/problems.yaml");
        Schema<?> codes = contract.getComponents().getSchemas().get("ProblemCode");

        assertThat(Arrays.stream(ProblemCode.values())
                        .filter(code -> code != ProblemCode.UNKNOWN)
                        .map(ProblemCode::toString))
                .containsExactlyElementsOf(
                        codes.getEnum().stream().map(Object::toString).toList());
        assertThat(everyCode().map(code -> code.get()[0]).collect(Collectors.toSet()))
                .isEqualTo(codes.getEnum().stream().map(Object::toString).collect(Collectors.toSet()));
    }

    @Test
    void anUnknownProblemCodeIsMappedByItsStatus() {
        var failure = catchThrowableOfType(
                ConflictException.class,
                () -> client(problem(409, "never-heard-of", "")).inventory().getProduct("A"));

        assertThat(failure.code()).isEqualTo(ProblemCode.UNKNOWN);
        assertThat(failure.problem()).map(Problem::detail).contains("Something went wrong.");
    }

    @Test
    void aShortageOfACartListsItsProducts() {
        var failure = catchThrowableOfType(
                InsufficientStockException.class,
                () -> client(problem(
                                409,
                                "insufficient-stock",
                                ",\"shortages\":[{\"productId\":\"A\",\"available\":2,\"requested\":3},"
                                        + "{\"productId\":\"B\",\"available\":0,\"requested\":1}]"))
                        .inventory()
                        .reserveStock("A", StockQuantity.of(3)));

        assertThat(failure.shortages()).containsExactly(new Shortage("A", 2, 3), new Shortage("B", 0, 1));
    }

    @Test
    void aShortageOfOneProductListsThatProduct() {
        var failure = catchThrowableOfType(
                InsufficientStockException.class,
                () -> client(problem(
                                409, "insufficient-stock", ",\"productId\":\"A\",\"available\":42,\"requested\":100"))
                        .inventory()
                        .reserveStock("A", StockQuantity.of(100)));

        assertThat(failure.shortages()).containsExactly(new Shortage("A", 42, 100));
        assertThat(failure.problem().flatMap(Problem::productId)).isEmpty();
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void aProblemHasTheDetailsOfItsCode() {
        client(
                problem(409, "stock-below-reserved", """
                        ,"shortages":[{"productId":"A","available":42,"requested":50}]"""),
                problem(409, "product-archived", ",\"productId\":\"A\""),
                problem(409, "refund-exceeds-rest", ",\"refundable\":55.50"),
                problem(409, "reservation-not-confirmed", ",\"reservationStatus\":\"active\""));

        assertThat(conflict().shortages()).containsExactly(new Shortage("A", 42, 50));
        assertThat(conflict().productId()).contains("A");
        assertThat(conflict().refundable()).contains(new BigDecimal("55.50"));
        assertThat(conflict().reservationStatus()).contains(ReservationStatus.ACTIVE);
    }

    private Problem conflict() {
        return catchThrowableOfType(
                        ConflictException.class, () -> client.inventory().getProduct("A"))
                .problem()
                .orElseThrow();
    }

    @Test
    void violationsPointToTheInvalidFields() {
        var failure = catchThrowableOfType(
                ValidationException.class,
                () -> client(problem(
                                400,
                                "validation-failed",
                                ",\"violations\":[{\"pointer\":\"/quantity\",\"message\":\"must be at least 1\"}]"))
                        .inventory()
                        .reserveStock("A", StockQuantity.of(0)));

        assertThat(failure.violations()).containsExactly(new Violation("/quantity", "must be at least 1"));
    }

    @Test
    void theProblemOfAnEndedReservationHasItsStatus() {
        var failure = catchThrowableOfType(
                ConflictException.class,
                () -> client(problem(409, "reservation-not-active", ",\"reservationStatus\":\"expired\""))
                        .inventory()
                        .confirmReservation(UUID.randomUUID()));

        assertThat(failure.problem().flatMap(Problem::reservationStatus)).contains(ReservationStatus.EXPIRED);
    }

    @Test
    void theExceptionHasTheRetryAfterTime() {
        var failure = catchThrowableOfType(
                RateLimitedException.class,
                () -> client(problem(429, "rate-limited", "", "Retry-After: 7"))
                        .inventory()
                        .getProduct("A"));

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void theMessageForAProblemOfOneMegabyteIsShort() {
        var detail = "x".repeat(1024 * 1024);

        var failure = catchThrowableOfType(
                ServerException.class,
                () -> client(answer(
                                500,
                                "application/problem+json",
                                "{\"code\":\"internal\",\"status\":500,\"detail\":\"" + detail + "\"}"))
                        .inventory()
                        .getProduct("A"));

        assertThat(failure.getMessage()).hasSizeLessThan(3000);
        assertThat(failure.problem()).map(Problem::detail).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Bad gateway</html>", "[]", "null", "{\"error\":\"x\"}", "{\"code\":", "\"x\""})
    void anErrorThatIsNotFromTheServiceHasNoProblem(String body) {
        var failure = catchThrowableOfType(
                ServerException.class,
                () -> client(answer(502, "text/html", body)).inventory().getProduct("A"));

        assertThat(failure.problem()).isEmpty();
        assertThat(failure).hasMessageContaining("502 without problem details");
    }

    static Stream<Arguments> unreadableSuccesses() {
        var product = PRODUCT.formatted("");
        return Stream.of(
                arguments(answer(200, "application/json", ""), "the body is empty"),
                arguments(answer(200, "text/html", product), "the body is text/html, not JSON in UTF-8"),
                arguments(answer(200, "", product), "the Content-Type is missing"),
                arguments(json(200, "null"), "the body is null"),
                arguments(json(200, "{\"productId\":"), "the body does not match the contract"),
                arguments(json(200, "[]"), "the body does not match the contract"),
                arguments(json(200, product.replace("\"name\":\"Lamp\",", "")), "the body does not match the contract"),
                arguments(json(200, product.replace("5", "\"many\"")), "the body does not match the contract"));
    }

    @ParameterizedTest
    @MethodSource("unreadableSuccesses")
    void aSuccessThatCannotBeReadThrows(Step step, String reason) {
        var failure = catchThrowableOfType(
                ServerException.class,
                () -> client(step)
                        .inventory()
                        .reserveStock(
                                "A", StockQuantity.of(1), RequestOptions.none().withIdempotencyKey("key-1")));

        assertThat(failure).hasMessageContaining("200, but " + reason);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
        assertThat(failure).hasMessageContaining("repeat it with the idempotency key key-1");
    }

    @Test
    void aResponseThatIsTooLargeIsRejected() {
        var huge = "x".repeat(17 * 1024 * 1024);

        assertThatThrownBy(() -> client(json(200, huge)).inventory().getProduct("A"))
                .isInstanceOf(BoutiqueException.class)
                .hasMessageContaining("larger than 16 MiB");
    }

    @Test
    void unknownEnumValuesAreReadAsUnknown() {
        var movements = client(json(
                        200,
                        "[{\"kind\":\"stolen\",\"stockDelta\":-1,\"reservedDelta\":0,"
                                + "\"timestamp\":\"2026-01-20T10:30:00.125Z\"}]"))
                .inventory()
                .listMovements("A");

        assertThat(movements)
                .singleElement()
                .satisfies(movement -> assertThat(movement.kind()).isEqualTo(MovementKind.UNKNOWN));
    }

    @Test
    void anUnchangedItemIsReturnedAsEmpty() {
        assertThat(client(answer(304, "", "", "ETag: \"3\"")).inventory().getProductIfChanged("A", "\"3\""))
                .isEmpty();
        assertThat(server.requests())
                .singleElement()
                .satisfies(sent -> assertThat(sent.header("If-None-Match")).isEqualTo("\"3\""));
    }

    @Test
    void anItemHasItsEtag() {
        assertThat(client(json(200, PRODUCT.formatted(""), "ETag: \"3\""))
                        .inventory()
                        .getProduct("A")
                        .etag())
                .contains("\"3\"");
    }

    @Test
    void messagesContainNoSecretsOrPersonalData() {
        var failure = catchThrowableOfType(
                ServerException.class,
                () -> client(problem(500, "internal", ""))
                        .withOptions(options -> options.token(() -> "a-secret-token"))
                        .inventory()
                        .listReservations(ReservationQuery.all().withReference("jane@example.com"))
                        .first());

        assertThat(server.requests())
                .singleElement()
                .satisfies(sent -> assertThat(sent.headers())
                        .containsAllEntriesOf(
                                Map.of("X-API-Key", "a-secret-key", "Authorization", "Bearer a-secret-token")));
        assertThat(List.of(
                        failure.toString(),
                        failure.call().toString(),
                        failure.answer().toString()))
                .noneMatch(text -> text.contains("secret") || text.contains("jane"));
    }
}
