package io.multicloudboutique.client.internal.http;

import io.multicloudboutique.client.Attempt;
import io.multicloudboutique.client.AttemptListener;
import io.multicloudboutique.client.AttemptResult;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/**
 * Logs one line for each attempt. An {@link Attempt} exposes no headers, no query and no body, so the log contains no
 * secrets or personal data from them. Thread-safe.
 */
final class AttemptLog implements AttemptListener {

    private final System.Logger logger;

    AttemptLog(System.Logger logger) {
        this.logger = logger;
    }

    @Override
    public Consumer<AttemptResult> begin(Attempt attempt) {
        return result -> logger.log(Level.DEBUG, () -> line(attempt, result));
    }

    private static String line(Attempt attempt, AttemptResult result) {
        var outcome = result.status()
                .map(Object::toString)
                .orElseGet(() -> "no response ("
                        + result.failure().map(AttemptLog::describe).orElse("unknown") + ")");
        var next = switch (result.repetition()) {
            case NONE -> "";
            case FOLLOWS -> ", retry in " + result.pause().orElseThrow().toMillis() + " ms";
            case NO_RETRIES_LEFT -> ", no retry: no retries left";
            case NO_TIME_LEFT -> ", no retry: the total timeout would be exceeded";
            case NO_BUDGET_LEFT -> ", no retry: too many calls to this service were retried recently";
        };
        return "%s %s: %s %s, attempt %d, request %s: %s in %d ms%s"
                .formatted(
                        attempt.service(),
                        attempt.operation(),
                        attempt.method(),
                        attempt.url(),
                        attempt.number(),
                        attempt.requestId(),
                        outcome,
                        result.duration().toMillis(),
                        next);
    }

    private static String describe(Throwable failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
