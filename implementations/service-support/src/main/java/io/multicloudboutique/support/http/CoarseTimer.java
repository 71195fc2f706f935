package io.multicloudboutique.support.http;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
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
        return Mono.<Void>create(sink -> {
                    var expiry = new Expiry(sink);
                    var timeout = TIMER.newTimeout(expiry, time.toMillis(), TimeUnit.MILLISECONDS);
                    sink.onDispose(() -> {
                        timeout.cancel();
                        expiry.set(null);
                    });
                })
                // The work that follows an expired timeout must not delay the other timeouts.
                .publishOn(Schedulers.parallel());
    }

    /**
     * The wheel keeps a cancelled timeout until its thread wakes up. Under load, these are more than a thousand. Without
     * the sink they keep nothing else in memory; with it, they would keep their requests, and the garbage collector would
     * copy all of them.
     */
    private static final class Expiry extends AtomicReference<@Nullable MonoSink<Void>> implements TimerTask {

        Expiry(MonoSink<Void> sink) {
            super(sink);
        }

        @Override
        public void run(Timeout timeout) {
            var sink = get();
            if (sink != null) {
                sink.success();
            }
        }
    }
}
