package io.multicloudboutique.client;

import java.util.function.Consumer;

/**
 * Observes each attempt of each call, for your own metrics and traces. The SDK invokes a listener on the thread that
 * makes the call, and the call waits until the listener returns. Only for the end of an attempt of an asynchronous
 * call, and for its retries, the SDK uses the threads of {@link BoutiqueClientBuilder#executor}, or the thread that
 * cancels the call. Several threads may invoke a listener at the same time. If a listener throws an exception, the SDK
 * logs it as a warning and continues the call.
 *
 * <pre>{@code
 * AttemptListener slowest = attempt -> result -> longest.accumulateAndGet(result.duration().toMillis(), Math::max);
 * }</pre>
 */
@FunctionalInterface
public interface AttemptListener {

    /**
     * Observes the start of an attempt, before the attempt is sent.
     *
     * @return a consumer that receives the result of this attempt once
     */
    Consumer<AttemptResult> begin(Attempt attempt);
}
