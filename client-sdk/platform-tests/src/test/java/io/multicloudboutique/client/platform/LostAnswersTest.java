package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.analytics.AnalyticsClient;
import io.multicloudboutique.client.analytics.Metric;
import io.multicloudboutique.client.analytics.MetricDraft;
import io.multicloudboutique.client.analytics.MetricQuery;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.platform.LossyProxy.Fate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many POSTs over a network that loses one response in twenty. They take long and record only metrics of one type, so
 * they run beside the other classes of the {@link SharedPlatform}.
 */
@ExtendWith(SharedPlatform.Resolver.class)
class LostAnswersTest {

    private static final int POSTS = 10_000;
    private static final int CALLERS = 16;
    private static final int MAX_CALLS = 10;
    private static final long SEED = 20260120;
    private static final String TYPE = "sdk-lost-answers";

    private final AtomicInteger repeatedCalls = new AtomicInteger();

    @Test
    void eachOf10000PostsHasOneEffect(Platform platform) throws Exception {
        try (var proxy = new LossyProxy(platform.port(BoutiqueService.ANALYTICS), LostAnswersTest::fate);
                var client = platform.builder()
                        .baseUrl(BoutiqueService.ANALYTICS, proxy.url())
                        .build()) {
            var callers = Executors.newFixedThreadPool(CALLERS);
            try {
                var posts = IntStream.range(0, POSTS)
                        .<Callable<Metric>>mapToObj(n -> () -> record(client.analytics(), n))
                        .toList();
                for (var post : callers.invokeAll(posts)) {
                    post.get();
                }
            } finally {
                callers.shutdownNow();
            }

            var responsesLost =
                    proxy.count(Fate.LEFT_WHILE_SERVED) + proxy.count(Fate.ANSWER_LOST) + proxy.count(Fate.ANSWER_TORN);
            System.out.printf(
                    "%,d POSTs in %,d requests: %d responses and %d requests lost; %d calls repeated by the caller%n",
                    POSTS, proxy.count(), responsesLost, proxy.count(Fate.REQUEST_LOST), repeatedCalls.get());
            assertThat(proxy.count(Fate.ANSWERED)).isEqualTo(POSTS);
            assertThat(responsesLost).isBetween(POSTS * 4 / 100, POSTS * 6 / 100);
            assertThat(proxy.count(Fate.REQUEST_LOST)).isPositive();
            assertThat(proxy.count(Fate.LEFT_WHILE_SERVED)).isPositive();
            assertThat(proxy.count(Fate.ANSWER_LOST)).isPositive();
            assertThat(proxy.count(Fate.ANSWER_TORN)).isPositive();
            assertThat(repeatedCalls)
                    .as("calls that failed after all retries of the SDK")
                    .hasPositiveValue();
        }

        var recorded = platform.client()
                .analytics()
                .listMetrics(MetricQuery.all().withTransactionType(TYPE).withPageSize(200));
        assertThat(recorded.first().summary().totalTransactions()).isEqualTo(POSTS);
        var durations = new ArrayList<Integer>();
        recorded.forEach(metric -> durations.add(metric.durationMs().intValueExact()));
        assertThat(durations.stream().sorted())
                .containsExactlyElementsOf(
                        () -> IntStream.range(0, POSTS).boxed().iterator());
    }

    /** Acts like a careful caller: repeats a call that may have taken effect with the same idempotency key. */
    private Metric record(AnalyticsClient analytics, int n) {
        var metric = MetricDraft.of(TYPE, BigDecimal.valueOf(n), true);
        var key = Optional.<String>empty();
        for (var call = 1; ; call++) {
            try {
                return key.isPresent()
                        ? analytics.createMetric(metric, RequestOptions.none().withIdempotencyKey(key.get()))
                        : analytics.createMetric(metric);
            } catch (BoutiqueException failure) {
                if (!failure.mayHaveTakenEffect() || call == MAX_CALLS) {
                    throw failure;
                }
                key = failure.call().idempotencyKey();
                repeatedCalls.incrementAndGet();
            }
        }
    }

    /** Loses one response in twenty, in one of three ways, and one request in a hundred. */
    private static Fate fate(String body, int attempt) {
        var drawn = new SplittableRandom(SEED + 31L * body.hashCode() + attempt).nextInt(300);
        if (drawn < 15) {
            return drawn < 5 ? Fate.LEFT_WHILE_SERVED : drawn < 10 ? Fate.ANSWER_LOST : Fate.ANSWER_TORN;
        }
        return drawn < 18 ? Fate.REQUEST_LOST : Fate.ANSWERED;
    }
}
