package io.multicloudboutique.client.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body into memory. Rejects a body of more than {@link #LIMIT} bytes before it fills the memory. No service
 * sends a body of this size. Not reusable: each response needs its own instance.
 */
final class LimitedBody implements BodySubscriber<byte[]> {

    /** The limit in bytes. The largest body in the contracts, a page of 200 items, is far smaller. */
    static final int LIMIT = 16 * 1024 * 1024;

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            if (content.size() + buffer.remaining() > LIMIT) {
                Objects.requireNonNull(subscription).cancel();
                body.completeExceptionally(new IOException("the response is larger than 16 MiB"));
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
