package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.errors.InterruptedCallException;
import io.multicloudboutique.client.inventory.NewReservation;
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

/** What callers may do with threads. */
class ThreadsTest {

    private static final int MANY = 1000;
    private static final String PRODUCT = """
            {"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
            "lastUpdated":"2026-01-20T10:30:00.125Z"}""";

    private static BoutiqueClient client(ScriptedServer server) {
        return BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                // Long enough for a busy machine: what is tested is who waits for whom.
                .connectTimeout(Duration.ofSeconds(60))
                .requestTimeout(Duration.ofSeconds(60))
                .totalTimeout(Duration.ofSeconds(60))
                .retries(0)
                .build();
    }

    /** The server answers no call before all have arrived: a lock held or a thread pinned while waiting would stop them. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aThousandVirtualThreadsWaitForTheirAnswersAtOnce() throws Exception {
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

    /** By reflection, since the tests are compiled for Java 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @Test
    void anInterruptEndsACallThatHasArrivedAndItsConnection() throws Exception {
        anInterruptEndsTheCallOf(Thread::new);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void anInterruptOfAVirtualThreadDoesSoToo() throws Exception {
        anInterruptEndsTheCallOf(ThreadsTest::virtualThread);
    }

    private static void anInterruptEndsTheCallOf(Function<Runnable, Thread> threads) throws Exception {
        var arrived = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        try (var server = new ScriptedServer((request, out, socket) -> {
                    arrived.countDown();
                    ScriptedServer.silence().answer(request, out, socket);
                    left.countDown();
                });
                var client = client(server)) {
            var interrupted = new boolean[1];
            var call = new FutureTask<>(() -> {
                var failure = catchThrowableOfType(
                        InterruptedCallException.class,
                        () -> client.inventory()
                                .createReservation(NewReservation.of(List.of(new ReservationLine("A", 1))), "order-1"));
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
            assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
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
