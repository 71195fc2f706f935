package io.multicloudboutique.support.ratelimit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class BucketsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Buckets buckets = new Buckets(10, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void aCallerMaySendTheRequestsOfASecondAtOnceAndThenOneForEachRefilledToken() {
        assertThat(takeAll("checkout")).isEqualTo(10);

        nanos.addAndGet(MILLISECONDS.toNanos(99));
        assertThat(takeAll("checkout")).isZero();
        nanos.addAndGet(MILLISECONDS.toNanos(1));
        assertThat(takeAll("checkout")).isEqualTo(1);
        nanos.addAndGet(MILLISECONDS.toNanos(60_000));
        assertThat(takeAll("checkout")).isEqualTo(10);
    }

    @Test
    void callersDoNotShareTheirTokens() {
        takeAll("checkout");

        assertThat(takeAll("warehouse")).isEqualTo(10);
    }

    @Test
    void onlyTheLatestCallersAreRemembered() {
        takeAll("first");
        takeAll("active");
        for (var i = 1; i <= Buckets.MOST_CALLERS; i++) {
            buckets.of("caller " + i);
            buckets.of("active");
        }

        assertThat(buckets.callers()).isEqualTo(Buckets.MOST_CALLERS);
        assertThat(takeAll("active")).isZero();
        assertThat(takeAll("first")).as("tokens of a forgotten caller").isEqualTo(10);
    }

    private int takeAll(String caller) {
        var taken = 0;
        while (buckets.of(caller).tryConsume(1)) {
            taken++;
        }
        return taken;
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:0:1::1, 20010db800000001",
        "2001:db8:0:1:ffff::2, 20010db800000001",
        "[2001:db8:0:2::1], 20010db800000002",
        "unknown, ''",
        "192.0.2.1.example, ''"
    })
    void aClientIsNamedByItsAddress(String client, String name) {
        assertThat(RateLimit.network(InetSocketAddress.createUnresolved(client, 80)))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void anEmptySettingIsNoLimit(String value) {
        assertThat(new RateLimitSettings(value).limit()).isEmpty();
    }
}
