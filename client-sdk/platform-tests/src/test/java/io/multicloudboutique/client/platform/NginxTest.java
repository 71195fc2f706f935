package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client with the SDK's defaults calls the services through a real nginx with Debian's configuration, from many
 * threads at once. nginx limits the connections, the HTTP/2 streams of a connection and the requests of a connection.
 * The script {@code .ci/nginx} runs this test.
 */
@SharedPlatform
@EnabledIfSystemProperty(named = "nginx", matches = ".+")
class NginxTest {

    private static final int GETS = 3;
    private static final int POSTS = 2;

    private static Nginx nginx;

    private final Platform platform;

    NginxTest(Platform platform) {
        this.platform = platform;
    }

    @BeforeAll
    static void start(Platform platform) throws Exception {
        warmUp(platform);
        nginx = Nginx.start(
                Path.of(System.getProperty("nginx")),
                Map.of(
                        "/food", platform.url(BoutiqueService.FOOD),
                        "/inventory", platform.url(BoutiqueService.INVENTORY)));
    }

    /** The test is about the client, so the services' JVM first compiles what the calls need. */
    private static void warmUp(Platform platform) {
        for (var call = 0; call < 300; call++) {
            platform.client().food().getFoodItem(1);
            platform.client().inventory().getProduct("OLJCESPC7Z");
        }
    }

    @AfterAll
    static void stop() {
        nginx.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 1000})
    void everyCallOfManyThreadsSucceedsAndTakesEffectOnce(int threads) throws Exception {
        assertThatEveryCallSucceeds(threads, Executors.newFixedThreadPool(threads));
    }

    @ParameterizedTest
    @EnabledForJreRange(min = JRE.JAVA_21)
    @ValueSource(ints = {200, 1000})
    void everyCallOfManyVirtualThreadsSucceedsAndTakesEffectOnce(int threads) throws Exception {
        // Uses reflection, because the tests are compiled for Java 17.
        assertThatEveryCallSucceeds(threads, (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }

    private void assertThatEveryCallSucceeds(int threads, ExecutorService executor) throws Exception {
        var product = platform.client()
                .inventory()
                .createProduct(ProductDraft.of("NGINX-" + UUID.randomUUID(), "Lamp", 1_000_000))
                .productId();
        var failures = new ConcurrentSkipListMap<String, Integer>();
        var start = new CountDownLatch(threads);
        try (var boutique = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.FOOD, nginx.url() + "/food")
                .baseUrl(BoutiqueService.INVENTORY, nginx.url() + "/inventory")
                .sslContext(nginx.trust())
                .build()) {
            Callable<Void> caller = () -> {
                start.countDown();
                start.await();
                for (var call = 0; call < GETS; call++) {
                    count(failures, () -> boutique.food().getFoodItem(1));
                }
                for (var call = 0; call < POSTS; call++) {
                    count(
                            failures,
                            () -> boutique.inventory()
                                    .createReservation(ReservationDraft.of(List.of(ReservationLine.of(product, 1)))));
                }
                return null;
            };
            for (var thread = 0; thread < threads; thread++) {
                executor.submit(caller);
            }
            executor.shutdown();
            assertThat(executor.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            executor.shutdownNow();
        }

        assertThat(failures)
                .as("failed calls of %d; nginx logged:%n%s", threads * (GETS + POSTS), nginx.log())
                .isEmpty();
        assertThat(platform.client().inventory().getProduct(product).reserved()).isEqualTo((long) threads * POSTS);
    }

    /** Counts the failures by their message, without what differs from call to call. */
    private static void count(Map<String, Integer> failures, Runnable call) {
        try {
            call.run();
        } catch (BoutiqueException e) {
            failures.merge(
                    e.getMessage().replaceAll("[0-9a-f]{8}-[0-9a-f-]+", "…") + ", mayHaveTakenEffect="
                            + e.mayHaveTakenEffect(),
                    1,
                    Integer::sum);
        }
    }
}
