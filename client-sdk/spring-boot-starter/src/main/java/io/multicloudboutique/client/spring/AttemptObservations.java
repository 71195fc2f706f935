package io.multicloudboutique.client.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.RequestReplySenderContext;
import io.multicloudboutique.client.Attempt;
import io.multicloudboutique.client.AttemptListener;
import io.multicloudboutique.client.AttemptResult;
import java.util.function.Consumer;

/**
 * Records a timer and a span for each attempt, and sends the trace context with the request. Operations, statuses and
 * attempt numbers have few values, so they are low-cardinality tags. URLs and request ids have many values, so only
 * spans have them. Thread-safe.
 */
final class AttemptObservations implements AttemptListener {

    private final ObservationRegistry registry;

    AttemptObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Consumer<AttemptResult> begin(Attempt attempt) {
        var service = attempt.service().toString();
        var context = new RequestReplySenderContext<Attempt, AttemptResult>(AttemptObservations::send);
        context.setCarrier(attempt);
        context.setRemoteServiceName(service);
        context.setContextualName(service + " " + attempt.operation());
        var observation = Observation.createNotStarted("boutique.client.attempts", () -> context, registry)
                .lowCardinalityKeyValue("service", service)
                .lowCardinalityKeyValue("operation", attempt.operation())
                .lowCardinalityKeyValue("method", attempt.method())
                .lowCardinalityKeyValue("attempt", Integer.toString(attempt.number()))
                .highCardinalityKeyValue("http.url", attempt.url())
                .highCardinalityKeyValue("request.id", attempt.requestId())
                .start();
        return result -> {
            context.setResponse(result);
            observation
                    .lowCardinalityKeyValue(
                            "status", result.status().map(Object::toString).orElse("none"))
                    .lowCardinalityKeyValue("outcome", outcome(result));
            result.failure().ifPresent(observation::error);
            observation.stop();
        };
    }

    /** Skips headers that the SDK sends itself, for example a request id that is also a baggage field. */
    private static void send(Attempt attempt, String name, String value) {
        try {
            attempt.header(name, value);
        } catch (IllegalArgumentException e) {
            // Without this header, the trace is incomplete, but the attempt can continue.
        }
    }

    /** Returns the same outcomes as Spring's own HTTP clients. */
    private static String outcome(AttemptResult result) {
        return result.status()
                .map(status -> switch (status / 100) {
                    case 2 -> "SUCCESS";
                    case 3 -> "REDIRECTION";
                    case 4 -> "CLIENT_ERROR";
                    case 5 -> "SERVER_ERROR";
                    default -> "UNKNOWN";
                })
                .orElse("UNKNOWN");
    }
}
