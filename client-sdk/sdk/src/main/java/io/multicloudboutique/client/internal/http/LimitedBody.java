package io.multicloudboutique.client.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body into memory until the deadline: the timeout of a request in the JDK's client ends when the headers have
 * arrived. Rejects a success of more than {@link #LIMIT} bytes before it fills the memory, and ignores what exceeds the
 * limit in an error, because its status matters more. No service sends a body of this size. Not reusable: each response
 * needs its own instance.
 */
final class LimitedBody implements BodySubscriber<byte[]> {

    /** The limit in bytes. The largest body in the contracts, a page of 200 items, is far smaller. */
    static final int LIMIT = 16 * 1024 * 1024;

    private final int status;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final long deadline;
    private Flow.@Nullable Subscription subscription;

    /** @param deadline in the time of {@link System#nanoTime()} */
    LimitedBody(int status, long deadline) {
        this.status = status;
        this.deadline = deadline;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
        if (!body.isDone()) {
            endAtDeadline(subscription);
        }
    }

    private void endAtDeadline(Flow.Subscription subscription) {
        var timer = new CompletableFuture<Void>();
        timer.completeOnTimeout(null, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                .thenRun(() -> {
                    if (body.completeExceptionally(new HttpTimeoutException("the response was not complete in time"))) {
                        subscription.cancel();
                    }
                });
        // Also removes the timer from the JDK's scheduler.
        body.whenComplete((content, failure) -> timer.cancel(false));
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            if (content.size() + buffer.remaining() > LIMIT) {
                Objects.requireNonNull(subscription).cancel();
                if (status >= 400) {
                    onComplete();
                } else {
                    body.completeExceptionally(new IOException("the response is larger than 16 MiB"));
                }
                return;
            }
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            content.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(content.toByteArray());
    }
}
