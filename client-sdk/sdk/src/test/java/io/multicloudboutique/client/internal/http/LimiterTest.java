package io.multicloudboutique.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimiterTest {

    @Test
    void requestsAreAdmittedInTheOrderInWhichTheyCame() {
        var limiter = new Limiter(1);
        assertThat(limiter.acquire()).isCompleted();
        var second = limiter.acquire();
        var third = limiter.acquire();

        limiter.release();
        assertThat(second).isCompleted();
        assertThat(third).isNotDone();

        limiter.release();
        assertThat(third).isCompleted();
    }

    @Test
    void aRequestThatLeftTheQueueIsNotAdmitted() {
        var limiter = new Limiter(1);
        assertThat(limiter.acquire()).isCompleted();
        var second = limiter.acquire();
        var third = limiter.acquire();

        second.cancel(false);
        limiter.release();
        assertThat(third).isCompleted();

        limiter.release();
        assertThat(limiter.acquire()).isCompleted();
        assertThat(limiter.acquire()).isNotDone();
    }

    @Test
    void aRequestThatMayNotWaitGetsAFreePlaceOnly() throws Exception {
        var limiter = new Limiter(1);

        assertThat(limiter.acquire(Duration.ZERO)).isTrue();
        assertThat(limiter.acquire(Duration.ZERO)).isFalse();
        limiter.release();
        assertThat(limiter.acquire(Duration.ZERO)).isTrue();
    }
}
