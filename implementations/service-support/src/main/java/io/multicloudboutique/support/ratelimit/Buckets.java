package io.multicloudboutique.support.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The token buckets of the callers. Each bucket holds as many tokens as a caller may send requests in a second, and is
 * refilled evenly. Only the buckets of the {@value #MOST_CALLERS} callers that sent the latest requests are kept, so
 * memory stays bounded. A caller whose bucket is gone gets a full one. Thread-safe.
 */
final class Buckets {

    /** A bucket is full after a second, so dropping it earlier matters only with more callers than this in a second. */
    static final int MOST_CALLERS = 10_000;

    private final int requestsPerSecond;
    private final TimeMeter clock;
    private final Map<String, Bucket> byCaller = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> longestUnused) {
            return size() > MOST_CALLERS;
        }
    };

    Buckets(int requestsPerSecond, TimeMeter clock) {
        this.requestsPerSecond = requestsPerSecond;
        this.clock = clock;
    }

    Bucket of(String caller) {
        synchronized (byCaller) {
            return byCaller.computeIfAbsent(caller, unknown -> full());
        }
    }

    /** Returns the number of callers whose buckets are kept. */
    int callers() {
        synchronized (byCaller) {
            return byCaller.size();
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(requestsPerSecond).refillGreedy(requestsPerSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
    }
}
