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
    private final BodyDeadlines deadlines;
    private Flow.@Nullable Subscription subscription;

    /** @param deadline in the time of {@link System#nanoTime()} */
    LimitedBody(int status, long deadline, BodyDeadlines deadlines) {
        this.status = status;
        this.deadline = deadline;
        this.deadlines = deadlines;
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
            deadlines.watch(this);
        }
    }

    /** The deadline in the time of {@link System#nanoTime()}. */
    long deadline() {
        return deadline;
    }

    /** Ends the body, unless it is complete. */
    void timeOut() {
        if (body.completeExceptionally(new HttpTimeoutException("the response was not complete in time"))) {
            Objects.requireNonNull(subscription).cancel();
        }
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
