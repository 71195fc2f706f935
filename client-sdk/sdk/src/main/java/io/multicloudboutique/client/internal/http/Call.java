package io.multicloudboutique.client.internal.http;

import feign.Request;
import feign.Response;
import io.multicloudboutique.client.AttemptResult.Repetition;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.InterruptedCallException;
import io.multicloudboutique.client.errors.TimeoutException;
import io.multicloudboutique.client.internal.service.ServiceApi;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows each attempt of one call, and knows nothing about threads: {@link BlockingCall} and
 * {@link AsynchronousCall} send the attempts and wait. A call retries only GET requests and POST requests with an
 * idempotency key, and only if the connection failed, the response did not arrive in time, or the response indicates
 * that a later attempt may succeed. All attempts send the same request, so they share its idempotency key and its
 * request id. Between two attempts, the call waits for the delay that the response requests, plus a random time whose
 * maximum grows with each attempt. The deadline of the call limits the attempts and the pauses together.
 */
final class Call {

    /** The step that follows an attempt. */
    sealed interface Next {}

    /** Another attempt follows after this pause. */
    record Retry(Duration pause) implements Next {}

    /** The call ends with this response, which may be an error. */
    record Answer(Response response) implements Next {}

    /** The call ends without a response. */
    record Failure(BoutiqueException exception) implements Next {}

    private static final Set<Integer> TEMPORARY = Set.of(408, 429, 500, 502, 503, 504);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final BoutiqueService service;
    private final Request request;
    private final Settings settings;
    private final RetryBudget budget;
    private final ProblemReader problems;
    private final long deadline;

    private int attempts;
    private boolean mayHaveTakenEffect;
    private @Nullable Listening listening;

    Call(
            BoutiqueService service,
            Request request,
            CallOptions options,
            Settings settings,
            RetryBudget budget,
            ProblemReader problems) {
        this.service = service;
        this.request = request;
        this.settings = settings;
        this.budget = budget;
        this.problems = problems;
        deadline = settings.nanoTime().getAsLong()
                + options.request().timeout().orElse(settings.timeout()).toNanos();
        budget.deposit();
    }

    Request request() {
        return request;
    }

    /** The time that is left until the deadline of the call; at least zero. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - settings.nanoTime().getAsLong()));
    }

    /**
     * The timeout of the attempt. It is at least one millisecond, even if the deadline has passed during the pause,
     * because the JDK rejects a timeout of zero.
     */
    Duration timeout() {
        var timeout = shorter(settings.attemptTimeout(), remaining());
        return timeout.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : timeout;
    }

    /**
     * Begins the next attempt.
     *
     * @return the headers that the listeners add to this attempt
     */
    Map<String, String> begin() {
        attempts++;
        listening = Listening.to(service, request, attempts, settings);
        return listening.headers();
    }

    private Listening listening() {
        return Objects.requireNonNull(listening);
    }

    /** The attempt ended with this response. */
    Next answered(HttpResponse<byte[]> answer) {
        if (answer.body() == null) {
            // The JDK's client returns a response to CONNECT in this way, and no other response.
            return failed(AttemptFailure.ofProxyThatWantsCredentials());
        }
        var pause = pause(answer);
        var repetition = isTemporary(answer) && isRepeatable() ? repetition(pause) : Repetition.NONE;
        listening().answered(answer.statusCode(), repetition, pause);
        if (repetition != Repetition.FOLLOWS) {
            return new Answer(toFeign(answer));
        }
        // A call is repeated after 409 only while another request with its key is in progress, which may take effect.
        mayHaveTakenEffect |= changes() && (Failures.leavesOpen(answer.statusCode()) || answer.statusCode() == 409);
        return new Retry(pause);
    }

    /** The attempt ended without a complete response. */
    Next failed(AttemptFailure failure) {
        mayHaveTakenEffect |= changes() && failure.mayHaveArrived();
        var pause = pause(null);
        var repetition = isRepeatable() && failure.temporary() ? repetition(pause) : Repetition.NONE;
        listening().failed(failure.reason(), repetition, pause);
        return repetition == Repetition.FOLLOWS
                ? new Retry(pause)
                : new Failure(Failures.withoutAnswer(request, attempts, mayHaveTakenEffect, failure.reason()));
    }

    /** The attempt ended because it was cancelled or because of a programming error. */
    void ended(Throwable failure) {
        listening().failed(failure, Repetition.NONE, null);
    }

    /** The thread was interrupted during the attempt. */
    InterruptedCallException interruptedInAttempt(InterruptedException cause) {
        ended(cause);
        mayHaveTakenEffect |= changes();
        return interrupted(cause);
    }

    /** The thread was interrupted while it waited for the next attempt. */
    InterruptedCallException interrupted(InterruptedException cause) {
        var failed = Failures.call(request, attempts, mayHaveTakenEffect);
        return new InterruptedCallException("the thread was interrupted" + Failures.advice(failed), failed, cause);
    }

    /** The deadline passed while the call waited for other requests to end. */
    TimeoutException crowdedOut(int maxConcurrentRequests) {
        return Failures.crowdedOut(request, attempts, mayHaveTakenEffect, maxConcurrentRequests);
    }

    private Repetition repetition(Duration pause) {
        if (attempts > settings.maxRetries()) {
            return Repetition.NO_RETRIES_LEFT;
        }
        if (pause.compareTo(remaining()) >= 0) {
            return Repetition.NO_TIME_LEFT;
        }
        return budget.withdraw() ? Repetition.FOLLOWS : Repetition.NO_BUDGET_LEFT;
    }

    /**
     * Whether the request may be retried. Health checks may not, because they report the current state of the service.
     */
    private boolean isRepeatable() {
        return switch (request.httpMethod()) {
            case GET -> request.requestTemplate().feignTarget().type() != ServiceApi.class;
            case POST -> Failures.header(request.headers(), "Idempotency-Key").isPresent();
            default -> false;
        };
    }

    private boolean isTemporary(HttpResponse<byte[]> answer) {
        return TEMPORARY.contains(answer.statusCode())
                || (answer.statusCode() == 409 && problems.saysInProgress(answer.body()));
    }

    /** @param answer null if no complete response arrived */
    private Duration pause(@Nullable HttpResponse<byte[]> answer) {
        var most = shorter(LONGEST_PAUSE, FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10)));
        var drawn = Duration.ofNanos(settings.random().nextLong(most.toNanos() + 1));
        return answer == null ? drawn : drawn.plus(RetryAfter.of(answer.headers(), Instant.now()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private boolean changes() {
        return request.httpMethod() != Request.HttpMethod.GET;
    }

    private Response toFeign(HttpResponse<byte[]> answer) {
        return Response.builder()
                .request(request)
                .status(answer.statusCode())
                .headers(Collections.unmodifiableMap(answer.headers().map()))
                .body(new Answered(answer.body(), attempts, mayHaveTakenEffect))
                .build();
    }
}
