package io.multicloudboutique.client.internal.http;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The result of an asynchronous call. Cancelling it ends the call. */
final class CallFuture<R, T> extends CompletableFuture<T> {

    private final Runnable cancellation;

    /**
     * @param parse turns the response into the result
     * @param cancellation ends the call; has no effect after the call has ended
     */
    CallFuture(CompletableFuture<R> response, Function<? super R, T> parse, Runnable cancellation) {
        this.cancellation = cancellation;
        response.whenComplete((received, failure) -> {
            if (failure == null) {
                try {
                    complete(parse.apply(received));
                } catch (Throwable e) {
                    completeExceptionally(e);
                }
            } else {
                completeExceptionally(AsynchronousCall.unwrapped(failure));
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        var cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            cancellation.run();
        }
        return cancelled;
    }

    /** The futures that depend on this one are ordinary futures. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
