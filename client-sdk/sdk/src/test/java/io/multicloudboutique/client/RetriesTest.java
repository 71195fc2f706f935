package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static io.multicloudboutique.client.ScriptedServer.reset;
import static io.multicloudboutique.client.ScriptedServer.truncatedBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.ScriptedServer.Request;
import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.errors.AuthenticationException;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.ConnectionException;
import io.multicloudboutique.client.errors.InterruptedCallException;
import io.multicloudboutique.client.errors.RateLimitedException;
import io.multicloudboutique.client.errors.ServerException;
import io.multicloudboutique.client.errors.TimeoutException;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {

    private static final String PRODUCT = """
            {"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
            "lastUpdated":"2026-01-20T10:30:00.125Z"}""";
    private static final String RESERVATION = """
            {"reservationId":"3b9c6c1e-5a5e-4a55-9c0c-2f1df0a9a7a1","status":"active",\
            "lines":[{"productId":"A","quantity":1}],"createdAt":"2026-01-20T10:30:00.125Z",\
            "expiresAt":"2026-01-20T10:45:00.125Z"}""";
    private static final ReservationDraft CART = ReservationDraft.of(List.of(ReservationLine.of("A", 1)));
    private static final Step UNAVAILABLE = problem(503, "unavailable", "");

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var resource : open) {
            resource.close();
        }
    }

    private ScriptedServer server(Step... steps) {
        var server = new ScriptedServer(steps);
        open.add(server);
        return server;
    }

    /** A client that records its pauses and does not wait. */
    private BoutiqueClient client(ScriptedServer server) {
        return client(server.url());
    }

    private BoutiqueClient client(String url) {
        var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, url)
                .nanoTime(nanos::get)
                .sleeper(pause -> {
                    pauses.add(pause);
                    nanos.addAndGet(pause.toNanos());
                })
                .build();
        open.add(client);
        return client;
    }

    @Test
    void aReadIsRetriedTwiceWhileTheServiceIsUnavailable() {
        var server = server(UNAVAILABLE, UNAVAILABLE, json(200, PRODUCT));

        var product = client(server).inventory().getProduct("A");

        assertThat(product.available()).isEqualTo(4);
        assertThat(server.requests()).hasSize(3);
    }

    /** The other request with the same key may be from an earlier call, and it may take effect. */
    @Test
    void aRefusalAfterAnotherRequestWithTheKeyWasInProgressLeavesTheEffectOpen() {
        var server = server(problem(409, "request-in-progress", ""), problem(401, "unauthenticated", ""));

        var failure = catchThrowableOfType(
                AuthenticationException.class, () -> client(server).inventory().createReservation(CART));

        assertThat(failure.mayHaveTakenEffect()).isTrue();
    }

    @Test
    void afterTwoRetriesTheFailureIsThrown() {
        var server = server(UNAVAILABLE);

        var failure = catchThrowableOfType(
                ServerException.class, () -> client(server).inventory().getProduct("A"));

        assertThat(server.requests()).hasSize(3);
        assertThat(failure.call().attempts()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("3 attempts")
                .hasMessageContaining("503 unavailable: Something went wrong.");
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void theFailureForAnUnreadableResponseCountsAllAttempts() {
        var server = server(UNAVAILABLE, json(200, "{}"));

        var failure = catchThrowableOfType(
                ServerException.class, () -> client(server).inventory().getProduct("A"));

        assertThat(failure.call().attempts()).isEqualTo(2);
    }

    @Test
    void allAttemptsOfAPostHaveTheSameKeyRequestIdAndBody() {
        var server = server(UNAVAILABLE, reset(), json(201, RESERVATION));

        client(server).inventory().createReservation(CART);

        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().stream()
                        .map(sent -> sent.header("Idempotency-Key"))
                        .distinct())
                .singleElement()
                .asString()
                .hasSize(36);
        assertThat(server.requests().stream()
                        .map(sent -> sent.header("X-Request-Id"))
                        .distinct())
                .hasSize(1);
        assertThat(server.requests().stream().map(Request::body).distinct()).hasSize(1);
    }

    @Test
    void eachPostHasItsOwnKey() {
        var server = server(json(201, RESERVATION));
        var inventory = client(server).inventory();

        inventory.createReservation(CART);
        inventory.createReservation(CART);

        assertThat(server.requests().stream()
                        .map(sent -> sent.header("Idempotency-Key"))
                        .distinct())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-1001/hold/1", "a,b", "{x}", "100%", "a+b&c=d;e", "Zürich"})
    void theCallersKeyIsSentUnchangedOrRejected(String key) {
        var server = server(UNAVAILABLE, json(201, RESERVATION));
        var inventory = client(server).inventory();

        if (key.equals("Zürich")) {
            assertThatThrownBy(() -> inventory.createReservation(
                            CART, RequestOptions.none().withIdempotencyKey(key)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(server.requests()).isEmpty();
            return;
        }
        inventory.createReservation(CART, RequestOptions.none().withIdempotencyKey(key));

        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(sent -> assertThat(sent.header("Idempotency-Key")).isEqualTo(key));
    }

    @Test
    void aPutIsNeverRetried() {
        var server = server(UNAVAILABLE);

        var failure = catchThrowableOfType(
                ServerException.class,
                () -> client(server)
                        .inventory()
                        .updateProduct("A", ProductChange.none().withStockLevel(3)));

        assertThat(server.requests()).hasSize(1);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
    }

    @Test
    void aRateLimitedPostIsRetriedWithTheSameKeyAfterTheRetryAfterTime() {
        var server = server(problem(429, "rate-limited", "", "Retry-After: 1"), json(201, RESERVATION));

        client(server).inventory().createReservation(CART);

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().stream()
                        .map(sent -> sent.header("Idempotency-Key"))
                        .distinct())
                .hasSize(1);
        assertThat(pauses)
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1100)));
    }

    @Test
    void aRateLimitedPutIsNotRetriedAndHadNoEffect() {
        var server = server(problem(429, "rate-limited", "", "Retry-After: 1"));

        var failure = catchThrowableOfType(
                RateLimitedException.class,
                () -> client(server)
                        .inventory()
                        .updateProduct("A", ProductChange.none().withStockLevel(3)));

        assertThat(server.requests()).hasSize(1);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
    }

    @Test
    void aHealthCheckIsNeverRetried() {
        var server = server(json(
                503, "{\"status\":\"unhealthy\",\"service\":\"inventory\",\"timestamp\":\"2026-01-20T10:30:00Z\"}"));

        assertThat(client(server).inventory().getHealth().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void temporaryErrorsAreRetried(int status) {
        var server = server(ScriptedServer.answer(status, "text/html", "<html>"), json(200, PRODUCT));

        client(server).inventory().getProduct("A");

        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 412, 413, 422, 301, 501})
    void permanentErrorsAreNotRetried(int status) {
        var server = server(ScriptedServer.answer(status, "text/html", "<html>"));

        assertThatThrownBy(() -> client(server).inventory().getProduct("A")).isInstanceOf(BoutiqueException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aPostThatIsStillInProgressIsRetriedAfterTheRetryAfterTime() {
        var server = server(problem(409, "request-in-progress", "", "Retry-After: 1"), json(201, RESERVATION));

        var reservation = client(server).inventory().createReservation(CART);

        assertThat(reservation.status()).isEqualTo(ReservationStatus.ACTIVE);
        assertThat(pauses)
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1100)));
    }

    @Test
    void otherConflictsAreNotRetried() {
        var server = server(problem(409, "reference-taken", ""));

        assertThatThrownBy(() -> client(server).inventory().createReservation(CART))
                .isInstanceOf(ConflictException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void pausesGrowAndStayWithinTheirBounds() {
        var server = server(UNAVAILABLE);
        var patient = client(server).withOptions(options -> options.maxRetries(10));

        assertThatThrownBy(() -> patient.inventory().getProduct("A")).isInstanceOf(ServerException.class);

        assertThat(pauses).hasSize(10);
        for (var i = 0; i < pauses.size(); i++) {
            assertThat(pauses.get(i)).isBetween(Duration.ZERO, Duration.ofMillis(Math.min(2000, 100L << i)));
        }
        assertThat(pauses.stream().distinct().count()).isGreaterThan(5);
    }

    @Test
    void aPauseLastsAtLeastTheRetryAfterTime() {
        var server = server(
                problem(429, "rate-limited", "", "Retry-After: 3"),
                problem(
                        503,
                        "unavailable",
                        "",
                        "Date: Mon, 23 Nov 2026 08:00:03 GMT",
                        "Retry-After: Mon, 23 Nov 2026 08:00:10 GMT"),
                json(200, PRODUCT));

        client(server).inventory().getProduct("A");

        assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3100));
        assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7200));
    }

    @Test
    void aRetryAfterTimeBeyondTheTotalTimeoutFailsImmediately() {
        var server = server(problem(429, "rate-limited", "", "Retry-After: 60"));

        var failure = catchThrowableOfType(
                RateLimitedException.class, () -> client(server).inventory().getProduct("A"));

        assertThat(server.requests()).hasSize(1);
        assertThat(pauses).isEmpty();
        assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1));
    }

    /** A number beyond the range of int, one beyond the range of long, and a date in the last year of the calendar. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2147483648",
                "999999999999999999999999999999",
                "Fri, 31 Dec 9999 23:59:59 GMT",
            })
    void aRetryAfterTimeOfAnySizeBeyondTheTotalTimeoutFailsImmediately(String retryAfter) {
        var server = server(problem(429, "rate-limited", "", "Retry-After: " + retryAfter));

        assertThatThrownBy(() -> client(server).inventory().getProduct("A")).isInstanceOf(RateLimitedException.class);

        assertThat(server.requests()).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 99 Nov 2026 08:00:10 GMT", "1.5"})
    void aRetryAfterTimeThatIsPastOrInvalidIsIgnored(String retryAfter) {
        var server = server(problem(429, "rate-limited", "", "Retry-After: " + retryAfter), json(200, PRODUCT));

        client(server).inventory().getProduct("A");

        assertThat(pauses).singleElement().satisfies(pause -> assertThat(pause).isLessThan(Duration.ofMillis(101)));
    }

    @Test
    void theTotalTimeoutLimitsAllAttemptsTogether() {
        var server = server(problem(503, "unavailable", "", "Retry-After: 20"));

        assertThatThrownBy(() -> client(server).inventory().getProduct("A")).isInstanceOf(ServerException.class);

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void anAttemptEndsAfterItsTimeout() {
        var server = server(ScriptedServer.silence());
        var hasty = client(server).withOptions(options -> options.attemptTimeout(Duration.ofMillis(200)));

        var failure = catchThrowableOfType(
                TimeoutException.class,
                () -> hasty.inventory()
                        .createReservation(CART, RequestOptions.none().withIdempotencyKey("order-1/hold/1")));

        assertThat(server.requests()).hasSize(3);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
        assertThat(failure.call().idempotencyKey()).contains("order-1/hold/1");
        assertThat(failure).hasMessageContaining("repeat it with the idempotency key order-1/hold/1");
    }

    @Test
    void aResponseThatStallsTimesOut() {
        var server = server(ScriptedServer.stuckBody());
        var hasty = client(server)
                .withOptions(options ->
                        options.attemptTimeout(Duration.ofMillis(200)).maxRetries(0));

        assertThatThrownBy(() -> hasty.inventory().getProduct("A")).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aResponseThatTimesOutClosesItsConnection() throws Exception {
        var disconnected = new CountDownLatch(1);
        var server = server((request, out, socket) -> {
            ScriptedServer.stuckBody().answer(request, out, socket);
            disconnected.countDown();
        });
        var hasty = client(server)
                .withOptions(options ->
                        options.attemptTimeout(Duration.ofMillis(200)).maxRetries(0));

        assertThatThrownBy(() -> hasty.inventory().getProduct("A")).isInstanceOf(TimeoutException.class);

        assertThat(disconnected.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTruncatedResponseIsRetried() {
        var server = server(truncatedBody(), json(200, PRODUCT));

        assertThat(client(server).inventory().getProduct("A").name()).isEqualTo("Lamp");
    }

    @Test
    void aRefusedConnectionCannotHaveTakenEffect() throws Exception {
        var server = server(UNAVAILABLE);
        server.close();

        var failure = catchThrowableOfType(
                ConnectionException.class, () -> client(server).inventory().createReservation(CART));

        assertThat(failure.call().attempts()).isEqualTo(3);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void aResetBeforeARefusedConnectionMayHaveTakenEffect() throws Exception {
        var server = new ScriptedServer[1];
        server[0] = server((request, out, socket) -> {
            server[0].close();
            socket.setSoLinger(true, 0);
        });

        var failure = catchThrowableOfType(
                ConnectionException.class, () -> client(server[0]).inventory().createReservation(CART));

        assertThat(failure.call().attempts()).isEqualTo(3);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
    }

    @Test
    void retriesDuringAnOutageAddAtMostAFifthOfTheCalls() {
        var server = server(ScriptedServer.answer(503, "", ""));
        var inventory = client(server).inventory();

        for (var i = 0; i < 1000; i++) {
            assertThatThrownBy(() -> inventory.getProduct("A")).isInstanceOf(ServerException.class);
        }

        assertThat(server.requests().size() - 10).isLessThanOrEqualTo(1200);
    }

    @Test
    void aViewSharesTheRetryBudget() {
        var server = server(UNAVAILABLE);
        var client = client(server);
        for (var i = 0; i < 10; i++) {
            assertThatThrownBy(() -> client.inventory().getProduct("A")).isInstanceOf(ServerException.class);
        }
        var before = server.requests().size();

        assertThatThrownBy(() -> client.withOptions(options -> options.maxRetries(10))
                        .inventory()
                        .getProduct("A"))
                .isInstanceOf(ServerException.class);

        assertThat(server.requests().size() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void anInterruptEndsThePause() {
        var server = server(UNAVAILABLE);
        var client = client(server)
                .withOptions(options -> options.sleeper(pause -> {
                    throw new InterruptedException();
                }));

        assertThatThrownBy(() -> client.inventory().getProduct("A")).isInstanceOf(InterruptedCallException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anInterruptEndsTheWaitForAResponse() {
        var server = server(ScriptedServer.silence());

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> client(server).inventory().getProduct("A"))
                .isInstanceOf(InterruptedCallException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
