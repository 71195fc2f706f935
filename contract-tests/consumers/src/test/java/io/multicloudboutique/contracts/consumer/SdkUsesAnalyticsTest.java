package io.multicloudboutique.contracts.consumer;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.analytics.Metric;
import io.multicloudboutique.client.analytics.MetricDraft;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({CommittedPacts.class, PactConsumerTestExt.class})
class SdkUsesAnalyticsTest {

    @Pact(consumer = "client-sdk", provider = "analytics")
    V4Pact measured(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to record the metric of an order",
                        interaction -> interaction
                                .withRequest(request -> Sdk.post(request)
                                        .path("/metrics")
                                        .body(newJsonBody(SdkUsesAnalyticsTest::metric)
                                                .build()))
                                .willRespondWith(response -> response.status(201)
                                        .body(newJsonBody(metric -> {
                                                    metric(metric);
                                                    metric.stringMatcher(
                                                            "timestamp", Sdk.TIMESTAMP, "2026-01-20T10:30:00.125Z");
                                                })
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "measured")
    void itRecordsTheMetricOfAnOrder(MockServer analytics) {
        try (var boutique = Sdk.of(BoutiqueService.ANALYTICS, analytics)) {
            assertThat(boutique.analytics().createMetric(MetricDraft.of("order", new BigDecimal("742"), true)))
                    .isEqualTo(new Metric(
                            "order", new BigDecimal("742"), true, Instant.parse("2026-01-20T10:30:00.125Z"), Map.of()));
        }
    }

    private static void metric(LambdaDslObject metric) {
        metric.stringType("transactionType", "order")
                .numberType("durationMs", 742)
                .booleanType("success", true);
    }
}
