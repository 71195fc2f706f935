package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.errors.ConnectionException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ServerException;
import io.multicloudboutique.client.errors.TimeoutException;
import io.multicloudboutique.client.food.FoodClientAsync;
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
                .attemptTimeout(Duration.ofSeconds(60))
                .timeout(Duration.ofSeconds(60))
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

    private FoodClientAsync food(BoutiqueClientBuilder builder, int maxConcurrentRequests) {
        var client = builder.maxConcurrentRequests(maxConcurrentRequests)
                .executor(task -> {
                    if (rejecting) {
                        throw new RejectedExecutionException();
                    }
                    threads.execute(task);
                })
                .build();
        open.add(client);
        return client.async().food();
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

        var item = food(builder(server), 10).getFoodItem(1);

        assertThat(item).isNotDone();
        end.countDown();
        assertThat(item.get(30, TimeUnit.SECONDS).name()).isEqualTo("Pizza");
    }

    @Test
    void aCallIsRetriedWithTheSameRequestId() throws Exception {
        var server = server(UNAVAILABLE, UNAVAILABLE, json(200, ITEM));

        var item = food(builder(server), 1).getFoodItem(1);

        assertThat(item.get(30, TimeUnit.SECONDS).name()).isEqualTo("Pizza");
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

        assertThat(failure(food(builder(unavailable), 10).getFoodItem(1)))
                .isInstanceOfSatisfying(
                        ServerException.class,
                        failure -> assertThat(failure.call().attempts()).isEqualTo(3));
        assertThat(failure(food(builder(missing), 10).getFoodItem(1))).isInstanceOf(NotFoundException.class);
        assertThat(failure(food(builder(silent).attemptTimeout(hasty), 10).getFoodItem(1)))
                .isInstanceOf(TimeoutException.class);
        assertThat(failure(food(builder(stuck).attemptTimeout(hasty), 10).getFoodItem(1)))
                .isInstanceOf(TimeoutException.class);
        assertThat(failure(food(builder(closed), 10).getFoodItem(1)))
                .isInstanceOfSatisfying(
                        ConnectionException.class,
                        failure -> assertThat(failure.mayHaveTakenEffect()).isFalse());
    }

    @Test
    void theTimeoutOfACallReplacesTheTotalTimeout() {
        var server = server(ScriptedServer.silence());
        var options = RequestOptions.none().withTimeout(Duration.ofMillis(200));

        assertThat(failure(food(builder(server).maxRetries(0), 10).getFoodItem(1, options)))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void cancellingACallEndsItsExchange() throws Exception {
        var arrived = new CountDownLatch(1);
        var disconnected = new CountDownLatch(1);
        var ended = new CompletableFuture<Throwable>();
        var server = server((request, out, socket) -> {
            arrived.countDown();
            ScriptedServer.silence().answer(request, out, socket);
            disconnected.countDown();
        });
        var item = food(
                        builder(server)
                                .addAttemptListener(attempt -> result ->
                                        ended.complete(result.failure().orElseThrow())),
                        10)
                .getFoodItem(1);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        item.cancel(true);

        assertThat(disconnected.await(30, TimeUnit.SECONDS)).isTrue();
        assertCancelled(item);
        assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    }

    @Test
    void cancellingACallEndsItsPause() throws Exception {
        pausesEnd = false;
        var server = server(UNAVAILABLE);
        var item = food(builder(server), 10).getFoodItem(1);
        assertThat(pausing.await(30, TimeUnit.SECONDS)).isTrue();

        item.cancel(true);

        assertCancelled(item);
        assertThat(catchThrowable(() -> pauses.get(0).get(30, TimeUnit.SECONDS)))
                .isInstanceOf(CancellationException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void cancellingACallThatWaitsForOthersLeavesTheQueue() throws Exception {
        var end = new CountDownLatch(1);
        var server = server((request, out, socket) -> {
            end.await();
            json(200, ITEM).answer(request, out, socket);
        });
        var food = food(builder(server), 1);
        var first = food.getFoodItem(1);
        var second = food.getFoodItem(1);
        var third = food.getFoodItem(1);

        second.cancel(true);
        assertCancelled(second);
        end.countDown();

        assertThat(first.get(30, TimeUnit.SECONDS).name()).isEqualTo("Pizza");
        assertThat(third.get(30, TimeUnit.SECONDS).name()).isEqualTo("Pizza");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aCallThatTimesOutWhileItWaitsForOthersWasNotSent() throws Exception {
        var end = new CountDownLatch(1);
        var server = server((request, out, socket) -> {
            end.await();
            json(200, ITEM).answer(request, out, socket);
        });
        var food = food(builder(server), 1);
        var first = food.getFoodItem(1);
        var hasty = RequestOptions.none().withTimeout(Duration.ofMillis(50));

        assertThat(failure(food.deleteFoodItem(1, hasty))).isInstanceOfSatisfying(TimeoutException.class, failure -> {
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
        var item = food(builder(server(UNAVAILABLE)), 10).getFoodItem(1);
        assertThat(pausing.await(30, TimeUnit.SECONDS)).isTrue();

        rejecting = true;
        pauses.get(0).complete(null);

        assertThat(failure(item)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void callsThatAnExecutorRejectsGiveTheirPlacesToTheNextCalls() throws Exception {
        var arrived = new CountDownLatch(1);
        var server = server(
                (request, out, socket) -> {
                    arrived.countDown();
                    ScriptedServer.silence().answer(request, out, socket);
                },
                json(200, ITEM));
        var builder = builder(server).executor(task -> {
            if (rejecting) {
                throw new RejectedExecutionException();
            }
            threads.execute(task);
        });
        var food = food(builder, 1);
        var running = food.getFoodItem(1);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        var waiting =
                IntStream.range(0, 5000).mapToObj(i -> food.getFoodItem(1)).toList();

        rejecting = true;
        running.cancel(true);
        for (var item : waiting) {
            assertThat(failure(item)).isInstanceOf(RejectedExecutionException.class);
        }
        rejecting = false;

        assertThat(food.getFoodItem(1).get(30, TimeUnit.SECONDS).name()).isEqualTo("Pizza");
    }

    @Test
    void aThousandCallsAtOnceSucceedWithAFewConnections() throws Exception {
        var server = server(json(200, ITEM));
        var food = food(builder(server), 10);

        var items = IntStream.range(0, 1000).mapToObj(i -> food.getFoodItem(1)).toList();

        for (var item : items) {
            assertThat(item.get(60, TimeUnit.SECONDS).name()).isEqualTo("Pizza");
        }
    }

    private static void assertCancelled(CompletableFuture<?> future) {
        assertThat(future).isCancelled();
    }
}
