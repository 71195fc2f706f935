package io.multicloudboutique.client.internal.http;

import feign.Request;
import io.multicloudboutique.client.Attempt;
import io.multicloudboutique.client.AttemptListener;
import io.multicloudboutique.client.AttemptResult;
import io.multicloudboutique.client.AttemptResult.Repetition;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.errors.FailedCall;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An attempt and its listeners. Not thread-safe. */
final class Listening implements Attempt {

    private final BoutiqueService service;
    private final Request request;
    private final FailedCall call;
    private final System.Logger logger;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Consumer<AttemptResult>> ends = new ArrayList<>();
    private final long start;

    private Listening(BoutiqueService service, Request request, int number, Settings settings) {
        this.service = service;
        this.request = request;
        this.logger = settings.logger();
        call = Failures.call(request, number, false);
        begin(new AttemptLog(logger));
        settings.listeners().forEach(this::begin);
        start = System.nanoTime();
    }

    static Listening to(BoutiqueService service, Request request, int number, Settings settings) {
        return new Listening(service, request, number, settings);
    }

    private void begin(AttemptListener listener) {
        guarded(() -> ends.add(listener.begin(this)));
    }

    /** Notifies the listeners that a response arrived. */
    void answered(int status, Repetition repetition, @Nullable Duration pause) {
        end(Optional.of(status), Optional.empty(), repetition, pause);
    }

    /** Notifies the listeners that no complete response arrived. */
    void failed(Throwable failure, Repetition repetition, @Nullable Duration pause) {
        end(Optional.empty(), Optional.of(failure), repetition, pause);
    }

    private void end(
            Optional<Integer> status, Optional<Throwable> failure, Repetition repetition, @Nullable Duration pause) {
        var result = new AttemptResult(
                Duration.ofNanos(System.nanoTime() - start),
                status,
                failure,
                repetition,
                repetition == Repetition.FOLLOWS ? Optional.ofNullable(pause) : Optional.empty());
        ends.forEach(end -> guarded(() -> end.accept(result)));
    }

    /** Runs a listener, and logs an exception that the listener throws, so that the call does not fail. */
    private void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            logger.log(Level.WARNING, "An AttemptListener failed. The call continues.", e);
        }
    }

    /** The headers that the listeners add to the attempt. */
    Map<String, String> headers() {
        return headers;
    }

    @Override
    public BoutiqueService service() {
        return service;
    }

    @Override
    public String operation() {
        return call.operation();
    }

    @Override
    public String method() {
        return call.method();
    }

    @Override
    public String url() {
        return call.url();
    }

    @Override
    public String requestId() {
        return call.requestId();
    }

    @Override
    public int number() {
        return call.attempts();
    }

    @Override
    public void header(String name, String value) {
        if (request.headers().keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            throw new IllegalArgumentException("The SDK sets the header " + name + ". A listener must not set it.");
        }
        // Validates the header here, so that the listener that adds it gets the exception.
        HttpRequest.newBuilder().header(name, value);
        headers.put(name, value);
    }

    /** Omits the headers, because they contain credentials. */
    @Override
    public String toString() {
        return call.toString();
    }
}
