package io.multicloudboutique.client.platform;

import static java.math.BigDecimal.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.analytics.AnalyticsClient;
import io.multicloudboutique.client.analytics.Metric;
import io.multicloudboutique.client.analytics.MetricDraft;
import io.multicloudboutique.client.analytics.MetricQuery;
import io.multicloudboutique.client.analytics.MetricSummary;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SharedPlatform
class AnalyticsClientTest {

    @RegisterExtension
    static final Recorded<AnalyticsClient> RECORDED = Recorded.of(AnalyticsClient.class);

    private final AnalyticsClient analytics;

    AnalyticsClientTest(Platform platform) {
        analytics = RECORDED.around(platform.client().analytics());
    }

    @Test
    void theServiceIsHealthy() {
        Healths.assertHealthy(analytics, "analytics");
    }

    @Test
    void aMetricIsRecorded() {
        var metric = analytics.createMetric(MetricDraft.of("sdk-recorded", new BigDecimal("742.125"), false));
        assertThat(metric.transactionType()).isEqualTo("sdk-recorded");
        assertThat(metric.durationMs()).isEqualByComparingTo("742.125");
        assertThat(metric.success()).isFalse();
        assertThat(analytics.listMetrics()).contains(metric);
    }

    @Test
    void theSameKeyRecordsOnce() {
        var metric = MetricDraft.of("sdk-once", ONE, true);
        var first = analytics.createMetric(metric, RequestOptions.none().withIdempotencyKey("sdk-once"));
        assertThat(analytics.createMetric(metric, RequestOptions.none().withIdempotencyKey("sdk-once")))
                .isEqualTo(first);
        assertThat(analytics.listMetrics(ofType("sdk-once"))).containsExactly(first);
    }

    @Test
    void pagesStartWithTheNewestMetricAndHaveTheSummaryOfAllMetrics() {
        var metrics = new ArrayList<Metric>();
        for (var duration = 1; duration <= 5; duration++) {
            metrics.add(analytics.createMetric(
                    MetricDraft.of("sdk-pages", BigDecimal.valueOf(duration * 10L), duration != 2)));
        }
        Collections.reverse(metrics);

        var pages = analytics.listMetrics(ofType("sdk-pages").withPageSize(2));
        assertThat(pages).containsExactlyElementsOf(metrics);
        assertThat(pages.pages()).extracting(page -> page.items().size()).containsExactly(2, 2, 1);
        assertThat(pages.pages())
                .allSatisfy(page -> assertThat(page.summary())
                        .extracting(
                                MetricSummary::totalTransactions,
                                MetricSummary::successCount,
                                MetricSummary::failureCount,
                                MetricSummary::averageDurationMs)
                        .containsExactly(5L, 4L, 1L, 30))
                .allSatisfy(page -> {
                    assertPercentile(page.summary().p50DurationMs(), 30);
                    assertPercentile(page.summary().p95DurationMs(), 50);
                    assertPercentile(page.summary().p99DurationMs(), 50);
                })
                .allSatisfy(page -> assertThat(page.completeUntil()).isBefore(Instant.now()));
    }

    @Test
    void fromIsInclusiveAndToIsExclusive() {
        var login = Instant.parse("2025-07-21T07:15:00Z");
        var payment = Instant.parse("2025-07-21T07:16:30Z");
        assertThat(analytics.listMetrics(MetricQuery.all().withFrom(login).withTo(payment)))
                .extracting(Metric::transactionType)
                .containsExactly("user_login");
        assertThat(analytics.listMetrics(MetricQuery.all().withFrom(payment).withTo(payment.plusMillis(1))))
                .extracting(Metric::timestamp)
                .containsExactly(payment);
    }

    private static void assertPercentile(Optional<BigDecimal> percentile, double durationMs) {
        assertThat(percentile.orElseThrow().doubleValue()).isCloseTo(durationMs, withinPercentage(1));
    }

    private static MetricQuery ofType(String transactionType) {
        return MetricQuery.all().withTransactionType(transactionType);
    }
}
