package io.multicloudboutique.client.internal.http;

import feign.Client;
import feign.Request;
import feign.Response;
import io.multicloudboutique.client.AttemptResult.Repetition;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.InterruptedCallException;
import io.multicloudboutique.client.internal.shared.HealthApi;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends the attempts of a call. It retries only GET requests and POST requests with an idempotency key, and only if the
 * connection failed, the response did not arrive in time, or the response indicates that a later attempt may succeed.
 * All attempts send the same request, so they share its idempotency key and its request id. Between two attempts, the
 * client waits for the delay that the response requests, plus a random time whose maximum grows with each attempt. The
 * deadline of the call limits the attempts and the pauses together. Thread-safe.
 */
final class RetryingClient implements Client {

    private static final Set<Integer> TEMPORARY = Set.of(408, 429, 500, 502, 503, 504);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final BoutiqueService service;
    private final JdkExchange exchange;
    private final Settings settings;
    private final RetryBudget budget;
    private final ProblemReader problems;

    RetryingClient(
            BoutiqueService service,
            JdkExchange exchange,
            Settings settings,
            RetryBudget budget,
            ProblemReader problems) {
        this.service = service;
        this.exchange = exchange;
        this.settings = settings;
        this.budget = budget;
        this.problems = problems;
    }

    @Override
    public Response execute(Request request, Request.Options unused) {
        budget.deposit();
        var deadline = settings.clock().instant().plus(settings.totalTimeout());
        var mayHaveTakenEffect = false;
        for (var attempt = 1; ; attempt++) {
            HttpResponse<byte[]> answer = null;
            BoutiqueException failure = null;
            var listening = Listening.to(service, request, attempt, settings);
            try {
                answer = exchange.send(request, listening.headers(), timeout(deadline));
            } catch (IOException e) {
                mayHaveTakenEffect |= changes(request) && !neverArrived(e);
                failure = Failures.withoutAnswer(request, attempt, mayHaveTakenEffect, e);
            } catch (InterruptedException e) {
                listening.failed(e, Repetition.NONE, null);
                throw interrupted(request, attempt, changes(request), e);
            } catch (RuntimeException | Error e) {
                listening.failed(e, Repetition.NONE, null);
                throw e;
            }
            var pause = pause(attempt, answer);
            var repetition = isRepeatable(request) && isTemporary(answer)
                    ? repetition(attempt, pause, deadline)
                    : Repetition.NONE;
            if (failure != null) {
                // Report the cause, because the exception itself describes the whole call.
                listening.failed(failure.getCause(), repetition, pause);
            } else {
                listening.answered(answer.statusCode(), repetition, pause);
            }
            if (repetition != Repetition.FOLLOWS) {
                if (failure != null) {
                    throw failure;
                }
                return toFeign(request, answer, attempt, mayHaveTakenEffect);
            }
            mayHaveTakenEffect |= answer != null && changes(request) && Failures.leavesOpen(answer.statusCode());
            try {
                settings.sleeper().sleep(pause);
            } catch (InterruptedException e) {
                throw interrupted(request, attempt, mayHaveTakenEffect, e);
            }
        }
    }

    private Repetition repetition(int attempt, Duration pause, Instant deadline) {
        if (attempt > settings.retries()) {
            return Repetition.NO_RETRIES_LEFT;
        }
        if (pause.compareTo(remaining(deadline)) >= 0) {
            return Repetition.NO_TIME_LEFT;
        }
        return budget.withdraw() ? Repetition.FOLLOWS : Repetition.NO_BUDGET_LEFT;
    }

    /**
     * Whether the request may be retried. Health checks may not, because they report the current state of the service.
     */
    private static boolean isRepeatable(Request request) {
        return switch (request.httpMethod()) {
            case GET -> request.requestTemplate().feignTarget().type() != HealthApi.class;
            case POST -> Failures.header(request, "Idempotency-Key").isPresent();
            default -> false;
        };
    }

    /** @param answer null if the connection failed or the attempt timed out */
    private boolean isTemporary(@Nullable HttpResponse<byte[]> answer) {
        return answer == null
                || TEMPORARY.contains(answer.statusCode())
                || (answer.statusCode() == 409 && problems.saysInProgress(answer.body()));
    }

    private Duration pause(int attempt, @Nullable HttpResponse<byte[]> answer) {
        var most = shorter(LONGEST_PAUSE, FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10)));
        var drawn = Duration.ofNanos(settings.random().nextLong(most.toNanos() + 1));
        return answer == null
                ? drawn
                : drawn.plus(RetryAfter.of(answer.headers(), settings.clock().instant()));
    }

    private Duration remaining(Instant deadline) {
        return Duration.between(settings.clock().instant(), deadline);
    }

    /**
     * Returns the timeout of the next attempt. The timeout is at least one millisecond, even if the deadline has passed
     * during the pause, because the JDK rejects a timeout of zero.
     */
    private Duration timeout(Instant deadline) {
        var timeout = shorter(settings.requestTimeout(), remaining(deadline));
        return timeout.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : timeout;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static boolean changes(Request request) {
        return request.httpMethod() != Request.HttpMethod.GET;
    }

    private static boolean neverArrived(IOException failure) {
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
    }

    private static InterruptedCallException interrupted(
            Request request, int attempts, boolean mayHaveTakenEffect, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new InterruptedCallException(
                "the thread was interrupted", Failures.call(request, attempts, mayHaveTakenEffect), cause);
    }

    private static Response toFeign(
            Request request, HttpResponse<byte[]> answer, int attempts, boolean mayHaveTakenEffect) {
        var headers = new HashMap<String, Collection<String>>(answer.headers().map());
        return Response.builder()
                .request(request)
                .status(answer.statusCode())
                // Passes the number of attempts to Calls, because no other field of the response reaches it.
                .reason(Integer.toString(attempts))
                .headers(headers)
                .body(new Answered(answer.body(), attempts, mayHaveTakenEffect))
                .build();
    }
}
