package io.multicloudboutique.support.work;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs work repeatedly while the service is up: the first run at the start, the next ones each after a pause. A failed run is logged
 * and does not prevent the next run. Thread-safe.
 */
public final class PeriodicTask implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PeriodicTask.class);

    /** The maximum duration of a run. A longer run probably waits for a database that does not respond. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Flux<?> runs;
    private volatile Disposable running = () -> {};
    private volatile boolean started;

    /**
     * @param name the work as a verb phrase for the log, such as {@code expire reservations}
     * @param pause the time between two runs
     * @param work performs one run; must return a new publisher each time
     */
    public PeriodicTask(String name, Duration pause, Supplier<Mono<?>> work) {
        this.runs = Mono.<Object>defer(() -> work.get().map(Object.class::cast))
                .timeout(TIMEOUT)
                .onErrorResume(error -> {
                    log.warn("Could not {}: {}", name, error.toString());
                    return Mono.empty();
                })
                .repeatWhen(ends -> ends.concatMap(end -> Mono.delay(pause)));
    }

    @Override
    public void start() {
        started = true;
        running = runs.subscribe();
    }

    @Override
    public void stop() {
        started = false;
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
