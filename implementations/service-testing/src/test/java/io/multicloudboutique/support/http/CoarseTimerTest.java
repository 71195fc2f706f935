package io.multicloudboutique.support.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

class CoarseTimerTest {

    @Test
    void workThatDoesNotEndTimesOut() {
        assertThatThrownBy(() -> Mono.never()
                        .timeout(CoarseTimer.after(Duration.ofMillis(1)))
                        .block(Duration.ofSeconds(20)))
                .extracting(Exceptions::unwrap)
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void workThatEndsInTimeKeepsItsResult() {
        assertThat(Mono.just("result")
                        .timeout(CoarseTimer.after(Duration.ofMinutes(1)))
                        .block())
                .isEqualTo("result");
    }

    @Test
    void aTimeoutThatIsNoLongerNeededKeepsNothingInMemory() {
        var request = aRequestThatEndsInTime();

        await().untilAsserted(() -> {
            System.gc();
            assertThat(request.get()).isNull();
        });
    }

    @Test
    void aWaitCanEndEarlyAndContinuesOnItsExecutor() {
        var tasks = new ArrayDeque<Runnable>();
        var wait = new CoarseTimer.Wait(Duration.ofMinutes(1), tasks::add);
        var continued = wait.toFuture();
        assertThat(tasks).isEmpty();

        wait.end();
        assertThat(continued).isNotDone();
        tasks.remove().run();
        assertThat(continued).isCompleted();
    }

    @Test
    void aWaitThatEndsBeforeItsSubscriptionContinuesAtOnce() {
        var wait = new CoarseTimer.Wait(Duration.ofMinutes(1), Runnable::run);

        wait.end();
        assertThat(wait.toFuture()).isCompleted();
    }

    private static WeakReference<Object> aRequestThatEndsInTime() {
        var request = new Object();
        Mono.just(request).timeout(CoarseTimer.after(Duration.ofMinutes(1))).block();
        return new WeakReference<>(request);
    }
}
