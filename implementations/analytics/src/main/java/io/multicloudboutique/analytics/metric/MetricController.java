package io.multicloudboutique.analytics.metric;

import io.multicloudboutique.analytics.api.MetricDraftDto;
import io.multicloudboutique.analytics.api.MetricDto;
import io.multicloudboutique.analytics.api.MetricListDto;
import io.multicloudboutique.analytics.api.MetricsApi;
import io.multicloudboutique.support.idempotency.Decision;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.idempotency.WriteLane;
import io.multicloudboutique.support.paging.PageRequest;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class MetricController implements MetricsApi {

    private final MetricRepository metrics;
    private final WriteLane<Metric.Draft> additions;

    MetricController(MetricRepository metrics, Idempotency idempotency) {
        this.metrics = metrics;
        additions = idempotency.lane(
                "metrics",
                drafts -> metrics.addAll(drafts).map(added -> Decision.acceptAll(added, MetricController::created)));
    }

    @Override
    public Mono<ResponseEntity<MetricListDto>> listMetrics(
            @Nullable String transactionType,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime to,
            Integer limit,
            @Nullable String cursor) {
        var filter = new MetricFilter(transactionType, from, to);
        return metrics.page(filter, PageRequest.of(limit, cursor))
                .flatMap(list -> list.page()
                        .answer(new MetricListDto(
                                        MetricMapping.toDto(list.total()),
                                        list.page().items().stream()
                                                .map(MetricMapping::toDto)
                                                .toList())
                                .nextCursor(list.page().nextCursor())));
    }

    @Override
    public Mono<ResponseEntity<MetricDto>> createMetric(
            Mono<MetricDraftDto> metricDraft, @Nullable String idempotencyKey) {
        return metricDraft.flatMap(
                request -> additions.once(idempotencyKey, request, MetricDto.class, MetricMapping.draft(request)));
    }

    private static ResponseEntity<MetricDto> created(Metric metric) {
        return ResponseEntity.status(HttpStatus.CREATED).body(MetricMapping.toDto(metric));
    }
}
