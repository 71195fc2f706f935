package io.multicloudboutique.support.http;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A timer for timeouts that almost never expire. Its thread wakes up ten times per second. Reactor's own timer wakes up a
 * thread for each timeout, even if the work ends a millisecond later; this took 12 % of the time of a single read. Thread-safe.
 */
final class CoarseTimer {

    private static final HashedWheelTimer TIMER =
            new HashedWheelTimer(new DefaultThreadFactory("timeouts", true), 100, TimeUnit.MILLISECONDS);

    private CoarseTimer() {}

    /**
     * Completes after this time, or up to a fifth of a second later. For {@link Mono#timeout(org.reactivestreams.Publisher)}.
     */
    static Mono<Void> after(Duration time) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> subscriber) {
                new Expiry(subscriber).start(time);
            }
        };
    }

    /**
     * The wheel keeps a cancelled timeout until its thread wakes up. Under load, these are more than a thousand. Without
     * the subscriber they keep nothing else in memory; with it, they would keep their requests, and the garbage collector
     * would copy all of them.
     */
    private static final class Expiry extends AtomicReference<@Nullable CoreSubscriber<? super Void>>
            implements Subscription, TimerTask {

        private volatile @Nullable Timeout timeout;

        Expiry(CoreSubscriber<? super Void> subscriber) {
            super(subscriber);
        }

        void start(Duration time) {
            get().onSubscribe(this);
            timeout = TIMER.newTimeout(this, time.toMillis(), TimeUnit.MILLISECONDS);
            if (get() == null) {
                timeout.cancel();
            }
        }

        @Override
        public void run(Timeout expired) {
            var subscriber = getAndSet(null);
            if (subscriber != null) {
                // The work that follows must not delay the other timeouts.
                Schedulers.parallel().schedule(subscriber::onComplete);
            }
        }

        @Override
        public void request(long count) {
            // there is no value
        }

        @Override
        public void cancel() {
            set(null);
            if (timeout != null) {
                timeout.cancel();
            }
        }
    }
}
