package io.multicloudboutique.analytics.metric;

import io.multicloudboutique.analytics.api.Metric;
import io.multicloudboutique.analytics.api.MetricList;
import io.multicloudboutique.analytics.api.MetricsApi;
import io.multicloudboutique.analytics.api.NewMetric;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.paging.PageRequest;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class MetricController implements MetricsApi {

    private final Metrics metrics;
    private final Idempotency idempotency;

    MetricController(Metrics metrics, Idempotency idempotency) {
        this.metrics = metrics;
        this.idempotency = idempotency;
    }

    @Override
    public Mono<ResponseEntity<MetricList>> listMetrics(
            @Nullable String transactionType,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime to,
            Integer limit,
            @Nullable String cursor) {
        var filter = new MetricFilter(transactionType, from, to);
        return metrics.page(filter, PageRequest.of(limit, cursor))
                .zipWith(metrics.summary(filter))
                .flatMap(found -> found.getT1()
                        .answer(new MetricList(
                                MetricMapping.toApi(found.getT2()),
                                found.getT1().items().stream()
                                        .map(MetricMapping::toApi)
                                        .toList())));
    }

    @Override
    public Mono<ResponseEntity<Metric>> createMetric(Mono<NewMetric> newMetric, @Nullable String idempotencyKey) {
        return newMetric.flatMap(request -> idempotency.once(
                idempotencyKey,
                request,
                Metric.class,
                () -> metrics.add(request.getTransactionType(), request.getDurationMs(), request.getSuccess())
                        .map(metric -> ResponseEntity.status(HttpStatus.CREATED).body(MetricMapping.toApi(metric)))));
    }
}
