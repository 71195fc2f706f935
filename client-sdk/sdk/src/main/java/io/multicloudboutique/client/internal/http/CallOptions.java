package io.multicloudboutique.client.internal.http;

import feign.Request;
import io.multicloudboutique.client.RequestOptions;
import java.util.concurrent.CompletableFuture;

/**
 * The part of a call that its HTTP request does not contain. Feign passes its options from a method of a
 * generated interface to the client. Each call needs its own instance.
 */
public final class CallOptions extends Request.Options {

    private final RequestOptions request;
    private final boolean blocking;
    private final CompletableFuture<Void> cancellation = new CompletableFuture<>();

    private CallOptions(RequestOptions request, boolean blocking) {
        this.request = request;
        this.blocking = blocking;
    }

    /** The call runs on the caller's thread, and the future that the generated method returns is complete. */
    public static CallOptions blocking(RequestOptions request) {
        return new CallOptions(request, true);
    }

    /** The generated method returns as soon as the call has started. */
    public static CallOptions asynchronous(RequestOptions request) {
        return new CallOptions(request, false);
    }

    /**
     * Ends an asynchronous call: its exchange, its pause, or its place in a queue. Its future completes with a
     * {@link java.util.concurrent.CancellationException}. Has no effect if the call has ended.
     *
     * <p>Cancelling the future that the generated method returns is not enough, because Feign does not pass the
     * cancellation on.
     */
    public void cancel() {
        cancellation.complete(null);
    }

    RequestOptions request() {
        return request;
    }

    boolean blocking() {
        return blocking;
    }

    /** Completes when {@link #cancel()} is called. */
    CompletableFuture<Void> cancellation() {
        return cancellation;
    }
}
