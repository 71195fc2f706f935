package io.multicloudboutique.support.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.support.batching.Batcher;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TraceCollector;
import io.multicloudboutique.testing.TraceCollector.ReceivedSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

class TracesTest {

    @RegisterExtension
    static final TraceCollector collector = new TraceCollector();

    @RegisterExtension
    static final RunningService traced = RunningService.of(
            EmptyService.class,
            "food",
            () -> "management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint(),
            () -> "management.opentelemetry.tracing.export.schedule-delay=50ms",
            () -> "management.tracing.sampling.probability=1");

    @RegisterExtension
    static final RunningService untraced = RunningService.of(EmptyService.class, "food");

    @Test
    void tracingIsOffWithoutAnEndpoint() {
        assertThat(untraced.bean(ObservationRegistry.class).isNoop()).isTrue();
        assertThatThrownBy(() -> untraced.bean(SdkTracerProvider.class))
                .isInstanceOf(NoSuchBeanDefinitionException.class);
    }

    @Test
    void probesHaveNoTraces() {
        traced.client().get("/health").expect(200);
        var later = traced.client().get("/unknown").expect(404).header("X-Request-Id");

        span("GET", "request.id", later);
        assertThat(collector.spans()).noneMatch(span -> span.name().equals("getHealth"));
    }

    @Test
    void aBatchContinuesTheFirstTraceAndTheOthersLinkToIt() {
        var gathered = Sinks.one();
        var traces = new ArrayList<List<Object>>();
        var batcher = new Batcher<Integer, Integer>(
                "test",
                new SimpleMeterRegistry(),
                1,
                10,
                10,
                question -> 1,
                Runnable::run,
                questions -> Mono.deferContextual(context -> {
                    traces.add(
                            List.of(questions, context.getOrDefault(ObservationThreadLocalAccessor.KEY, "no trace")));
                    return gathered.asMono()
                            .thenReturn(questions.stream().map(Mono::just).toList());
                }));
        var first = started("first");
        var second = started("second");

        var answers = Stream.of(
                        batcher.ask(1),
                        batcher.ask(2),
                        batcher.ask(3).contextWrite(within(first)),
                        batcher.ask(4).contextWrite(within(second)))
                .map(Mono::toFuture)
                .toList();
        gathered.tryEmitEmpty();
        answers.forEach(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(10)));
        first.stop();
        second.stop();

        assertThat(traces).containsExactly(List.of(List.of(1), "no trace"), List.of(List.of(2, 3, 4), first));
        assertThat(span("first").links()).isEmpty();
        assertThat(span("second").links()).containsExactly(span("first").id());
    }

    @Test
    void aFailedStatementHasItsSqlStateAndNoValue() {
        var request = started("request");

        assertThatThrownBy(() -> traced.bean(DatabaseClient.class)
                        .sql("SELECT CAST(CAST(:value AS text) AS integer) FROM totals")
                        .bind("value", "personal data")
                        .fetch()
                        .all()
                        .contextWrite(within(request))
                        .blockLast(Duration.ofSeconds(10)))
                .hasStackTraceContaining("personal data");
        request.stop();

        var statement = span("SELECT totals");
        assertThat(statement.parentId()).isEqualTo(span("request").id());
        assertThat(statement.attributes()).containsEntry("error.type", "22P02");
        assertThat(statement.status()).isEqualTo("STATUS_CODE_ERROR");
        assertThat(statement.toString()).doesNotContain("personal data");
    }

    private static Observation started(String name) {
        return Observation.start(name, traced.bean(ObservationRegistry.class));
    }

    private static Context within(Observation observation) {
        return Context.of(ObservationThreadLocalAccessor.KEY, observation);
    }

    private static ReceivedSpan span(String name) {
        return await().until(
                        () -> collector.spans().stream()
                                .filter(span -> span.name().equals(name))
                                .toList(),
                        spans -> !spans.isEmpty())
                .get(0);
    }

    private static ReceivedSpan span(String name, String attribute, String value) {
        return await().until(
                        () -> collector.spans().stream()
                                .filter(span -> span.name().equals(name)
                                        && value.equals(span.attributes().get(attribute)))
                                .toList(),
                        spans -> !spans.isEmpty())
                .get(0);
    }
}
