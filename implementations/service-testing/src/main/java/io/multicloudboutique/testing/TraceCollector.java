package io.multicloudboutique.testing;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A collector on a free port that receives spans by OTLP over HTTP. Register it as a static extension, or close it. It
 * accepts requests from the time of its creation. Thread-safe.
 */
public final class TraceCollector implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();

    private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/traces", exchange -> {
            try (exchange) {
                ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
                        .getResourceSpansList()
                        .forEach(resource -> {
                            var service = values(resource.getResource().getAttributesList())
                                    .get("service.name");
                            resource.getScopeSpansList()
                                    .forEach(scope ->
                                            scope.getSpansList().forEach(span -> spans.add(span(service, span))));
                        });
                exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    /**
     * A span.
     *
     * @param service the service that recorded it
     * @param kind such as {@code SERVER}
     * @param parentId empty if the span has no parent
     * @param status such as {@code STATUS_CODE_ERROR}
     * @param links the ids of the linked spans
     * @param events the events as text, such as exceptions
     */
    public record ReceivedSpan(
            String service,
            String name,
            String kind,
            String traceId,
            String id,
            String parentId,
            Map<String, String> attributes,
            String status,
            List<String> links,
            List<String> events) {}

    private static ReceivedSpan span(String service, io.opentelemetry.proto.trace.v1.Span span) {
        return new ReceivedSpan(
                service,
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", ""),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                values(span.getAttributesList()),
                span.getStatus().getCode().name() + span.getStatus().getMessage(),
                span.getLinksList().stream()
                        .map(Link::getSpanId)
                        .map(TraceCollector::hex)
                        .toList(),
                span.getEventsList().stream().map(Object::toString).toList());
    }

    private static String hex(ByteString id) {
        return HEX.formatHex(id.toByteArray());
    }

    private static Map<String, String> values(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, value -> text(value.getValue())));
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    /** The URL for {@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT}. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** The spans that have arrived so far. */
    public List<ReceivedSpan> spans() {
        return List.copyOf(spans);
    }

    /** The spans of a trace that have arrived so far. */
    public List<ReceivedSpan> trace(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    @Override
    public void beforeAll(ExtensionContext context) {}

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
