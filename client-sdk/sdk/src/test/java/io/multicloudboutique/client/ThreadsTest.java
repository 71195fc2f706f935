package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.errors.InterruptedCallException;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Calls can run in many threads, including virtual threads, and can be interrupted. */
class ThreadsTest {

    private static final int MANY = 1000;
    private static final String PRODUCT = """
            {"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
            "lastUpdated":"2026-01-20T10:30:00.125Z"}""";

    private static BoutiqueClient client(ScriptedServer server) {
        return BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                // Long enough for a busy machine: these tests must not depend on time.
                .connectTimeout(Duration.ofSeconds(60))
                .attemptTimeout(Duration.ofSeconds(60))
                .timeout(Duration.ofSeconds(60))
                .maxConcurrentRequests(MANY)
                .maxRetries(0)
                .build();
    }

    /**
     * The server waits until all calls have arrived before it responds to any of them. If a waiting call held a lock or
     * pinned its carrier thread, the other calls would never arrive.
     */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aThousandVirtualThreadsCanWaitForResponsesAtTheSameTime() throws Exception {
        var arrived = new CountDownLatch(MANY);
        var threads = virtualThreads();
        try (var server = new ScriptedServer((request, out, socket) -> {
                    arrived.countDown();
                    arrived.await();
                    json(200, PRODUCT).answer(request, out, socket);
                });
                var client = client(server)) {
            var calls = IntStream.range(0, MANY)
                    .<Future<Long>>mapToObj(i -> threads.submit(
                            () -> client.inventory().getProduct("A").available()))
                    .toList();

            for (var call : calls) {
                assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(4);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Uses reflection, because the tests are compiled for Java 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @Test
    void anInterruptEndsACallInProgressAndItsConnection() throws Exception {
        assertThatAnInterruptEndsTheCall(Thread::new);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void anInterruptOfAVirtualThreadEndsACallInProgress() throws Exception {
        assertThatAnInterruptEndsTheCall(ThreadsTest::virtualThread);
    }

    private static void assertThatAnInterruptEndsTheCall(Function<Runnable, Thread> threads) throws Exception {
        var arrived = new CountDownLatch(1);
        var disconnected = new CountDownLatch(1);
        try (var server = new ScriptedServer((request, out, socket) -> {
                    arrived.countDown();
                    ScriptedServer.silence().answer(request, out, socket);
                    disconnected.countDown();
                });
                var client = client(server)) {
            var interrupted = new boolean[1];
            var call = new FutureTask<>(() -> {
                var failure = catchThrowableOfType(
                        InterruptedCallException.class,
                        () -> client.inventory()
                                .createReservation(
                                        ReservationDraft.of(List.of(ReservationLine.of("A", 1))),
                                        RequestOptions.none().withIdempotencyKey("order-1")));
                interrupted[0] = Thread.interrupted();
                return failure;
            });
            var thread = threads.apply(call);
            thread.start();
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

            thread.interrupt();

            var failure = call.get(30, TimeUnit.SECONDS);
            assertThat(failure.mayHaveTakenEffect()).isTrue();
            assertThat(failure.call().idempotencyKey()).contains("order-1");
            assertThat(interrupted[0]).isTrue();
            assertThat(disconnected.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Thread virtualThread(Runnable work) {
        try {
            var builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (Thread) Class.forName("java.lang.Thread$Builder")
                    .getMethod("unstarted", Runnable.class)
                    .invoke(builder, work);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
