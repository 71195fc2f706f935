package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import feign.TypedResponse;
import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.errors.ConnectionException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ServerException;
import io.multicloudboutique.client.errors.TimeoutException;
import io.multicloudboutique.client.internal.food.FoodApi;
import io.multicloudboutique.client.internal.food.FoodItemDto;
import io.multicloudboutique.client.internal.http.CallOptions;
import io.multicloudboutique.client.internal.http.Connection;
import io.multicloudboutique.client.internal.http.JdkExchange;
import io.multicloudboutique.client.internal.http.RetryBudget;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asynchronous calls do what blocking calls do, without a thread that waits, and can be cancelled. */
class AsynchronousCallsTest {

    private static final String ITEM = """
            {"id":1,"name":"Pizza","category":"Main","price":12.5,"available":true}""";
    private static final Step UNAVAILABLE = problem(503, "unavailable", "");

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<CompletableFuture<Void>> pauses = new ArrayList<>();
    private final CountDownLatch pausing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private boolean pausesEnd = true;
    private volatile boolean rejecting;

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        for (var resource : open) {
            resource.close();
        }
    }

    private ScriptedServer server(Step... steps) {
        var server = new ScriptedServer(steps);
        open.add(server);
        return server;
    }

    /** Its pauses end at once, or never if {@link #pausesEnd} is false. */
    private BoutiqueClientBuilder builder(ScriptedServer server) {
        return BoutiqueClient.builder()
                .baseUrl(BoutiqueService.FOOD, server.url())
                .requestTimeout(Duration.ofSeconds(60))
                .totalTimeout(Duration.ofSeconds(60))
                .sleeper(new Sleeper() {
                    @Override
                    public void sleep(Duration duration) {
                        throw new AssertionError("An asynchronous call must not block.");
                    }

                    @Override
                    public CompletableFuture<Void> sleepAsync(Duration duration) {
                        var pause = new CompletableFuture<Void>();
                        if (pausesEnd) {
                            pause.complete(null);
                        }
                        pauses.add(pause);
                        pausing.countDown();
                        return pause;
                    }
                });
    }

    private FoodApi api(BoutiqueClientBuilder builder, int maxConcurrentRequests) {
        var http = HttpClient.newBuilder()
                .executor(task -> {
                    if (rejecting) {
                        throw new RejectedExecutionException();
                    }
                    threads.execute(task);
                })
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new Connection(
                        BoutiqueService.FOOD,
                        builder.settings(),
                        new JdkExchange(http, false, maxConcurrentRequests),
                        new RetryBudget())
                .api(FoodApi.class);
    }

    private static CallOptions call() {
        return CallOptions.asynchronous(RequestOptions.none());
    }

    private static CompletableFuture<TypedResponse<FoodItemDto>> get(FoodApi api, CallOptions call) {
        return api.getFoodItem(1L, null, call);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return catchThrowableOfType(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS))
                .getCause();
    }

    @Test
    void aCallReturnsBeforeItsResponseArrives() throws Exception {
        var end = new CountDownLatch(1);
        var server = server((request, out, socket) -> {
            end.await();
            json(200, ITEM).answer(request, out, socket);
        });

        var item = get(api(builder(server), 10), call());

        assertThat(item).isNotDone();
        end.countDown();
        assertThat(item.get(30, TimeUnit.SECONDS).body().getName()).isEqualTo("Pizza");
    }

    @Test
    void aCallIsRetriedWithTheSameRequestId() throws Exception {
        var server = server(UNAVAILABLE, UNAVAILABLE, json(200, ITEM));

        var item = get(api(builder(server), 1), call());

        assertThat(item.get(30, TimeUnit.SECONDS).body().getName()).isEqualTo("Pizza");
        assertThat(pauses).hasSize(2);
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().stream()
                        .map(sent -> sent.header("X-Request-Id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void failuresAreTheSameAsThoseOfABlockingCall() throws Exception {
        var unavailable = server(UNAVAILABLE);
        var missing = server(problem(404, "not-found", ""));
        var silent = server(ScriptedServer.silence());
        var stuck = server(ScriptedServer.stuckBody());
        var closed = server();
        closed.close();
        var hasty = Duration.ofMillis(200);

        assertThat(failure(get(api(builder(unavailable), 10), call())))
                .isInstanceOfSatisfying(
                        ServerException.class,
                        failure -> assertThat(failure.call().attempts()).isEqualTo(3));
        assertThat(failure(get(api(builder(missing), 10), call()))).isInstanceOf(NotFoundException.class);
        assertThat(failure(get(api(builder(silent).requestTimeout(hasty), 10), call())))
                .isInstanceOf(TimeoutException.class);
        assertThat(failure(get(api(builder(stuck).requestTimeout(hasty), 10), call())))
                .isInstanceOf(TimeoutException.class);
        assertThat(failure(get(api(builder(closed), 10), call())))
                .isInstanceOfSatisfying(
                        ConnectionException.class,
                        failure -> assertThat(failure.mayHaveTakenEffect()).isFalse());
    }

    @Test
    void theTimeoutOfACallReplacesTheTotalTimeout() {
        var server = server(ScriptedServer.silence());
        var call = CallOptions.asynchronous(RequestOptions.none().withTimeout(Duration.ofMillis(200)));

        assertThat(failure(get(api(builder(server).retries(0), 10), call))).isInstanceOf(TimeoutException.class);
    }

    @Test
    void cancellingACallEndsItsExchange() throws Exception {
        var arrived = new CountDownLatch(1);
        var disconnected = new CountDownLatch(1);
        var ends = new AtomicInteger();
        var server = server((request, out, socket) -> {
            arrived.countDown();
            ScriptedServer.silence().answer(request, out, socket);
            disconnected.countDown();
        });
        var call = call();
        var item = get(api(builder(server).addAttemptListener(attempt -> result -> ends.incrementAndGet()), 10), call);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        call.cancel();

        assertThat(disconnected.await(30, TimeUnit.SECONDS)).isTrue();
        assertCancelled(item);
        assertThat(ends).hasValue(1);
    }

    @Test
    void cancellingACallEndsItsPause() throws Exception {
        pausesEnd = false;
        var server = server(UNAVAILABLE);
        var call = call();
        var item = get(api(builder(server), 10), call);
        assertThat(pausing.await(30, TimeUnit.SECONDS)).isTrue();

        call.cancel();

        assertCancelled(item);
        assertThat(pauses).singleElement().satisfies(pause -> assertThat(pause).isCancelled());
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void cancellingACallThatWaitsForOthersLeavesTheQueue() throws Exception {
        var end = new CountDownLatch(1);
        var server = server((request, out, socket) -> {
            end.await();
            json(200, ITEM).answer(request, out, socket);
        });
        var api = api(builder(server), 1);
        var first = get(api, call());
        var cancelled = call();
        var second = get(api, cancelled);
        var third = get(api, call());

        cancelled.cancel();
        assertCancelled(second);
        end.countDown();

        assertThat(first.get(30, TimeUnit.SECONDS).body().getName()).isEqualTo("Pizza");
        assertThat(third.get(30, TimeUnit.SECONDS).body().getName()).isEqualTo("Pizza");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aCallThatTimesOutWhileItWaitsForOthersWasNotSent() throws Exception {
        var end = new CountDownLatch(1);
        var server = server((request, out, socket) -> {
            end.await();
            json(200, ITEM).answer(request, out, socket);
        });
        var api = api(builder(server), 1);
        var first = get(api, call());
        var hasty = CallOptions.asynchronous(RequestOptions.none().withTimeout(Duration.ofMillis(50)));

        assertThat(failure(api.deleteFoodItem(1L, null, hasty)))
                .isInstanceOfSatisfying(TimeoutException.class, failure -> {
                    assertThat(failure.mayHaveTakenEffect()).isFalse();
                    assertThat(failure.call().attempts()).isZero();
                });
        end.countDown();
        first.get(30, TimeUnit.SECONDS);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aCallFailsIfItsExecutorRejectsItsNextStep() throws Exception {
        pausesEnd = false;
        var item = get(api(builder(server(UNAVAILABLE)), 10), call());
        assertThat(pausing.await(30, TimeUnit.SECONDS)).isTrue();

        rejecting = true;
        pauses.get(0).complete(null);

        assertThat(failure(item)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aThousandCallsAtOnceSucceedWithAFewConnections() throws Exception {
        var server = server(json(200, ITEM));
        var api = api(builder(server), 10);

        var items = IntStream.range(0, 1000).mapToObj(i -> get(api, call())).toList();

        for (var item : items) {
            assertThat(item.get(60, TimeUnit.SECONDS).body().getName()).isEqualTo("Pizza");
        }
    }

    private static void assertCancelled(CompletableFuture<?> future) {
        // Feign completes its future with the exception, so only a dependent future of the SDK is cancelled itself.
        var failure = catchThrowable(() -> future.get(30, TimeUnit.SECONDS));
        assertThat(failure instanceof ExecutionException ? failure.getCause() : failure)
                .isInstanceOf(CancellationException.class);
    }
}
