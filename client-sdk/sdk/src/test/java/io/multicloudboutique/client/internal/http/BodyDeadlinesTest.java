package io.multicloudboutique.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bodies share a timer, and still each of them ends at its own deadline. */
class BodyDeadlinesTest {

    private final BodyDeadlines deadlines = new BodyDeadlines();

    private final class Body {

        private final CountDownLatch cancelled = new CountDownLatch(1);
        private final LimitedBody subscriber;

        Body(Duration timeout) {
            subscriber = new LimitedBody(200, System.nanoTime() + timeout.toNanos(), deadlines);
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long items) {}

                @Override
                public void cancel() {
                    cancelled.countDown();
                }
            });
        }

        boolean isDone() {
            return subscriber.getBody().toCompletableFuture().isDone();
        }

        void awaitTimeout() throws Exception {
            assertThat(catchThrowableOfType(
                            ExecutionException.class,
                            () -> subscriber.getBody().toCompletableFuture().get(30, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(HttpTimeoutException.class);
            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aBodyWithAnEarlierDeadlineDoesNotWaitForAnEarlierBody() throws Exception {
        var patient = new Body(Duration.ofHours(1));
        var hasty = new Body(Duration.ofMillis(20));

        hasty.awaitTimeout();

        assertThat(patient.isDone()).isFalse();
    }

    @Test
    void bodiesEndOneAfterAnother() throws Exception {
        var second = new Body(Duration.ofMillis(60));
        var first = new Body(Duration.ofMillis(20));
        var third = new Body(Duration.ofMillis(100));

        third.awaitTimeout();

        assertThat(first.isDone() && second.isDone()).isTrue();
    }

    @Test
    void aBodyAfterAllOthersHaveEndedEnds() throws Exception {
        new Body(Duration.ofMillis(20)).awaitTimeout();

        new Body(Duration.ofMillis(20)).awaitTimeout();
    }

    @Test
    void aCompleteBodyIsLeftAlone() throws Exception {
        var complete = new Body(Duration.ofMillis(20));
        complete.subscriber.onNext(List.of(ByteBuffer.wrap(new byte[] {1})));
        complete.subscriber.onComplete();

        new Body(Duration.ofMillis(40)).awaitTimeout();

        assertThat(complete.subscriber.getBody().toCompletableFuture().get()).containsExactly(1);
        assertThat(complete.cancelled.getCount()).isOne();
    }
}
