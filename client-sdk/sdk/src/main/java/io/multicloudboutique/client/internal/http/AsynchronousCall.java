package io.multicloudboutique.client.internal.http;

import feign.Response;
import io.multicloudboutique.client.Sleeper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Runs a call without a thread that waits. */
final class AsynchronousCall {

    private final Call call;
    private final JdkExchange exchange;
    private final Limiter limiter;
    private final Sleeper sleeper;
    private final CompletableFuture<Void> cancellation;
    private final CompletableFuture<Response> result = new CompletableFuture<>();

    /** @param cancellation completes when the application cancels the call */
    AsynchronousCall(Call call, JdkExchange exchange, Sleeper sleeper, CompletableFuture<Void> cancellation) {
        this.call = call;
        this.exchange = exchange;
        this.limiter = exchange.limiter(call.request());
        this.sleeper = sleeper;
        this.cancellation = cancellation;
    }

    CompletableFuture<Response> start() {
        attempt();
        return result;
    }

    private void attempt() {
        var place = limiter.acquire();
        if (place.isDone()) {
            guarded(this::send);
            return;
        }
        place.orTimeout(call.remaining().toNanos(), TimeUnit.NANOSECONDS);
        // On another thread, because the thread that releases a place must not run the requests behind it.
        onExecutor(
                exchange.executor(),
                cancellable(place),
                (ok, failure) -> {
                    if (failure == null) {
                        send();
                    } else {
                        fail(failure);
                    }
                },
                () -> {
                    if (!place.isCompletedExceptionally()) {
                        releaseElsewhere();
                    }
                });
    }

    private void fail(Throwable failure) {
        result.completeExceptionally(failure instanceof TimeoutException ? call.crowdedOut(limiter.limit()) : failure);
    }

    private void send() {
        CompletableFuture<HttpResponse<byte[]>> answer;
        JdkExchange.HttpAttempt attempt;
        try {
            attempt = exchange.attempt(call.request(), call.begin(), call.timeout());
            answer = sent(attempt);
        } catch (RuntimeException | Error e) {
            releaseElsewhere();
            throw e;
        }
        answer.whenComplete((response, failure) -> limiter.release());
        onExecutor(
                exchange.responseExecutor(),
                answer,
                (response, failure) -> proceed(attempt, response, failure),
                () -> {});
    }

    /**
     * Admits the next request on another thread. If that request fails at once, too, it admits the next one, and so on: on
     * one thread, a long queue would overflow the stack.
     */
    private void releaseElsewhere() {
        CompletableFuture.runAsync(limiter::release);
    }

    private CompletableFuture<HttpResponse<byte[]>> sent(JdkExchange.HttpAttempt attempt) {
        try {
            return cancellable(attempt.sendAsync());
        } catch (RuntimeException | Error e) {
            call.ended(e);
            throw e;
        }
    }

    private void proceed(
            JdkExchange.HttpAttempt attempt, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (response != null) {
            follow(call.answered(response));
            return;
        }
        var cause = unwrapped(Objects.requireNonNull(failure));
        if (cause instanceof IOException e) {
            follow(call.failed(attempt.failure(e)));
        } else {
            call.ended(cause);
            result.completeExceptionally(cause);
        }
    }

    private void follow(Call.Next next) {
        if (next instanceof Call.Answer answer) {
            result.complete(answer.response());
        } else if (next instanceof Call.Failure failure) {
            result.completeExceptionally(failure.exception());
        } else if (next instanceof Call.Retry retry) {
            onExecutor(
                    exchange.executor(),
                    cancellable(sleeper.sleepAsync(retry.pause())),
                    (ok, failure) -> {
                        if (failure == null) {
                            attempt();
                        } else {
                            result.completeExceptionally(failure);
                        }
                    },
                    () -> {});
        }
    }

    /**
     * Continues the call after this step. If the executor rejects that, for example because the application has shut it
     * down, the call fails.
     */
    private <T> void onExecutor(
            Executor executor,
            CompletableFuture<T> step,
            BiConsumer<@Nullable T, @Nullable Throwable> next,
            Runnable rejected) {
        step.handleAsync(
                        (value, failure) -> {
                            guarded(() -> next.accept(value, failure));
                            return null;
                        },
                        executor)
                .whenComplete((ok, rejection) -> {
                    if (rejection != null) {
                        rejected.run();
                        result.completeExceptionally(unwrapped(rejection));
                    }
                });
    }

    /** Returns the failure of a step, without the exception in which a dependent future wraps it. */
    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Lets the cancellation of the call end this step. */
    private <T> CompletableFuture<T> cancellable(CompletableFuture<T> step) {
        cancellation.thenRun(() -> step.cancel(true));
        return step;
    }

    /** The call must end even if a step throws an exception, because nobody else sees it. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }
}
