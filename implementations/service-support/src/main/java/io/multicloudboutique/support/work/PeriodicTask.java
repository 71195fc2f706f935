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
 * Work that is done again and again while the service runs: one run at a time, a pause after each. A failed run is logged and
 * the next one comes all the same. Thread-safe.
 */
public final class PeriodicTask implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PeriodicTask.class);

    /** A run that takes longer hangs, on a database that does not answer perhaps. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Flux<?> runs;
    private volatile Disposable running = () -> {};
    private volatile boolean started;

    /**
     * @param what names the work in the log
     * @param pause the time between two runs, and before the first
     * @param work one run; makes a new publisher each time
     */
    public PeriodicTask(String what, Duration pause, Supplier<Mono<?>> work) {
        this.runs = Mono.delay(pause)
                .then(Mono.<Object>defer(() -> work.get().map(Object.class::cast)))
                .timeout(pause.plus(TIMEOUT))
                .onErrorResume(error -> {
                    log.warn("Could not {}: {}", what, error.toString());
                    return Mono.empty();
                })
                .repeat();
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
