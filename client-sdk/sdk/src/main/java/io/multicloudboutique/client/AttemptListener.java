package io.multicloudboutique.client;

import java.util.function.Consumer;

/**
 * Is told of each attempt of each call, for metrics and traces of your own. It is called by the thread that makes the call,
 * which waits meanwhile, and by several threads at once. What it throws is logged as a warning, and the call goes on.
 *
 * <pre>{@code
 * AttemptListener slowest = attempt -> result -> longest.accumulateAndGet(result.duration().toMillis(), Math::max);
 * }</pre>
 */
@FunctionalInterface
public interface AttemptListener {

    /**
     * An attempt is about to be sent.
     *
     * @return is told once how it ended
     */
    Consumer<AttemptResult> begin(Attempt attempt);
}
