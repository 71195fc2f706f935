package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.client.Attempt;
import io.multicloudboutique.client.AttemptListener;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.crm.CustomerDraft;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.errors.InsufficientStockException;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.StockQuantity;
import io.multicloudboutique.testing.TraceCollector;
import io.multicloudboutique.testing.TraceCollector.ReceivedSpan;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Traces that begin in an application with the SDK and end at the SQL statements, exported by OTLP. It needs a platform of its
 * own, because tracing is off by default.
 */
class TracesTest {

    private static final TraceCollector COLLECTOR = new TraceCollector();
    private static final SdkTracerProvider APPLICATION = application(Sampler.alwaysOn());
    private static Platform platform;
    private static BoutiqueClient client;

    @BeforeAll
    static void start() {
        platform = Platform.start(Map.of(
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", COLLECTOR.endpoint(),
                "OTEL_TRACES_SAMPLER", "parentbased_always_off",
                "OTEL_BSP_SCHEDULE_DELAY", "50"));
        client = client(APPLICATION);
    }

    @AfterAll
    static void stop() {
        client.close();
        platform.close();
        APPLICATION.close();
        COLLECTOR.close();
    }

    private static SdkTracerProvider application(Sampler sampler) {
        return SdkTracerProvider.builder()
                .setResource(Resource.builder().put("service.name", "shop").build())
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(OtlpHttpSpanExporter.builder()
                        .setEndpoint(COLLECTOR.endpoint())
                        .build()))
                .build();
    }

    private static BoutiqueClient client(SdkTracerProvider application) {
        return platform.builder()
                .addAttemptListener(traces(application.get("shop")))
                .build();
    }

    private static AttemptListener traces(Tracer tracer) {
        return attempt -> {
            var span = tracer.spanBuilder(attempt.service() + " " + attempt.operation())
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute("request.id", attempt.requestId())
                    .startSpan();
            W3CTraceContextPropagator.getInstance().inject(Context.current().with(span), attempt, Attempt::header);
            return result -> {
                result.status().ifPresent(status -> span.setAttribute("http.response.status_code", status));
                result.failure().ifPresent(failure -> span.setStatus(StatusCode.ERROR));
                span.end();
            };
        };
    }

    @Test
    void aTraceLeadsFromTheClientThroughFoodAndInventoryToTheStatement() {
        var trace = traceOf(() -> client.food().listFoodItems().first());

        assertThat(path(trace, "SELECT totals products"))
                .containsExactly(
                        "shop: order",
                        "shop: food listFoodItems",
                        "food: listFoodItems",
                        "food: GET inventory",
                        "inventory: listProducts",
                        "inventory: SELECT totals products");
        assertThat(path(trace, "SELECT food_items"))
                .containsExactly(
                        "shop: order", "shop: food listFoodItems", "food: listFoodItems", "food: SELECT food_items");
        assertThat(COLLECTOR.trace(trace)).extracting(ReceivedSpan::status).doesNotContain("STATUS_CODE_ERROR");
    }

    @Test
    void aTraceLeadsFromAccountingToTheCrm() {
        var trace = traceOf(() -> client.accounting().listTransactions().first());

        assertThat(path(trace, "SELECT customers"))
                .containsExactly(
                        "shop: order",
                        "shop: accounting listTransactions",
                        "accounting: listTransactions",
                        "accounting: GET CRM",
                        "crm: listCustomers",
                        "crm: SELECT customers");
    }

    /** Writes and reads by id run in batches, which do not depend on the request. */
    @Test
    void theStatementsOfABatchBelongToItsTrace() {
        var write = traceOf(() -> client.inventory().createProduct(ProductDraft.of("TRACE-batch", "Lamp", 5)));
        var read = traceOf(() -> client.inventory().getProduct("TRACE-batch"));

        assertThat(path(write, "INSERT products"))
                .containsExactly(
                        "shop: order",
                        "shop: inventory createProduct",
                        "inventory: createProduct",
                        "inventory: INSERT products");
        assertThat(path(read, "SELECT products"))
                .containsExactly(
                        "shop: order",
                        "shop: inventory getProduct",
                        "inventory: getProduct",
                        "inventory: SELECT products");
    }

    @Test
    void spansHaveNoPersonalData() {
        var write = traceOf(() -> client.crm()
                .createCustomer(CustomerDraft.of("Wilhelmina", "Secret").withEmail("w.secret@example.com")));
        var read = traceOf(() -> client.crm()
                .listCustomers(CustomerQuery.all().withEmail("w.secret@example.com"))
                .first());

        path(write, "INSERT customers");
        path(read, "SELECT customers");
        assertThat(COLLECTOR.trace(write) + " " + COLLECTOR.trace(read))
                .doesNotContain("Wilhelmina", "Secret", "w.secret");
    }

    @Test
    void theRequestIdOfAnExceptionFindsTheAccessLineAndTheTrace() {
        client.inventory().createProduct(ProductDraft.of("TRACE-short", "Lamp", 1));

        var failure = catchThrowableOfType(
                InsufficientStockException.class,
                () -> client.inventory().reserveStock("TRACE-short", StockQuantity.of(2)));

        var found = await().until(
                        () -> COLLECTOR.spans().stream()
                                .filter(span -> failure.requestId()
                                        .equals(span.attributes().get("request.id")))
                                .toList(),
                        spans -> spans.size() == 2);
        assertThat(found).extracting(ReceivedSpan::service).containsExactlyInAnyOrder("shop", "inventory");
        assertThat(found)
                .extracting(ReceivedSpan::traceId)
                .containsOnly(found.get(0).traceId());
        assertThat(found)
                .extracting(span -> span.attributes().get("http.response.status_code"))
                .containsOnly("409");
        assertThat(path(found.get(0).traceId(), "SELECT products"))
                .containsExactly(
                        "shop: inventory reserveStock", "inventory: reserveStock", "inventory: SELECT products");
        await().until(() -> platform.log().stream()
                .anyMatch(line -> line.contains(failure.requestId())
                        && line.contains(found.get(0).traceId())
                        && line.contains("/inventory/TRACE-short/reserve")
                        && line.contains("409")));
    }

    @Test
    void aServiceRecordsNothingForACallerThatDoesNotSample() {
        client.inventory().createProduct(ProductDraft.of("TRACE-silent", "Lamp", 1));
        try (var unsampled = application(Sampler.alwaysOff());
                var silent = client(unsampled)) {
            silent.inventory().getProduct("TRACE-silent");
        }
        // If the service had recorded the request, its span would arrive before those of a later request.
        path(traceOf(() -> client.inventory().listMovements("TRACE-silent").first()), "SELECT movements");

        assertThat(COLLECTOR.spans())
                .noneMatch(span ->
                        "/inventory/TRACE-silent".equals(span.attributes().get("url.path")))
                .allMatch(span ->
                        span.service().equals("shop") || !span.parentId().isEmpty());
    }

    /** Runs the call in a new trace, and returns the id of the trace. */
    private static String traceOf(Runnable call) {
        var order = APPLICATION.get("shop").spanBuilder("order").startSpan();
        try (var scope = order.makeCurrent()) {
            call.run();
        } finally {
            order.end();
        }
        return order.getSpanContext().getTraceId();
    }

    /** Waits for the span of the statement and its ancestors. Returns the ancestors, root first, and the span. */
    private static List<String> path(String traceId, String statement) {
        return await().until(() -> pathIfComplete(traceId, statement), path -> !path.isEmpty());
    }

    private static List<String> pathIfComplete(String traceId, String statement) {
        var spans = COLLECTOR.trace(traceId);
        var byId = spans.stream().collect(Collectors.toMap(ReceivedSpan::id, Function.identity()));
        var path = new LinkedList<String>();
        var span = spans.stream()
                .filter(any -> any.name().equals(statement))
                .findFirst()
                .orElse(null);
        while (span != null) {
            path.addFirst(span.service() + ": " + span.name());
            if (span.parentId().isEmpty()) {
                return path;
            }
            span = byId.get(span.parentId());
        }
        return List.of();
    }
}
