package io.multicloudboutique.support.http;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
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
        return new Wait(
                time, Schedulers.parallel()::schedule); // the work that follows must not delay the other timeouts
    }

    /**
     * Completes after some time, or as soon as {@link #end} is called, even if that is before the subscription. It has one
     * subscriber. Thread-safe.
     *
     * <p>The wheel keeps a cancelled wait until its thread wakes up. Under load, these are more than a thousand. Without
     * the subscriber they keep nothing else in memory; with it, they would keep their requests, and the garbage collector
     * would copy all of them.
     */
    static final class Wait extends Mono<Void> implements Subscription, TimerTask {

        /** Stands for the subscriber of a wait that has ended. */
        private static final CoreSubscriber<Void> NOBODY = Operators.emptySubscriber();

        private final Duration time;
        private final Executor executor;
        private final AtomicReference<@Nullable CoreSubscriber<? super Void>> waiting = new AtomicReference<>();
        private volatile @Nullable Timeout timeout;

        /** @param executor runs the work that follows the wait */
        Wait(Duration time, Executor executor) {
            this.time = time;
            this.executor = executor;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Void> subscriber) {
            subscriber.onSubscribe(this);
            if (!waiting.compareAndSet(null, subscriber)) {
                executor.execute(subscriber::onComplete);
                return;
            }
            timeout = TIMER.newTimeout(this, time.toMillis(), TimeUnit.MILLISECONDS);
            if (waiting.get() == NOBODY) {
                timeout.cancel();
            }
        }

        /** Ends the wait now. */
        void end() {
            var subscriber = finish();
            if (subscriber != null && subscriber != NOBODY) {
                executor.execute(subscriber::onComplete);
            }
        }

        @Override
        public void run(Timeout expired) {
            end();
        }

        @Override
        public void request(long count) {
            // there is no value
        }

        @Override
        public void cancel() {
            finish();
        }

        private @Nullable CoreSubscriber<? super Void> finish() {
            var subscriber = waiting.getAndSet(NOBODY);
            var pending = timeout;
            if (pending != null) {
                pending.cancel();
            }
            return subscriber;
        }
    }
}
