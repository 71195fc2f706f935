package io.multicloudboutique.support.batching;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.database.SqlStates;
import io.multicloudboutique.support.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Answers questions in batches: while one batch is at work, the next one gathers. There is no timer. If nothing is at
 * work, a question is a batch of its own at once; under load, batches grow and the cost of each question falls.
 *
 * <p>A caller that cancels stops waiting, but its question is still answered. If one question may have caused the error of
 * a batch, its halves run one after the other, down to single questions, so that the others succeed. Thread-safe.
 */
public final class Batcher<Q, A> {

    /** A usual bound for waiting questions: at a few thousand per second, they wait for less than a second. */
    public static final int MAX_WAITING = 2000;

    /** A question, and the time in nanoseconds at which it was asked. */
    private record Asked<Q, A>(Q question, int weight, long asked, Sinks.One<Mono<A>> answer) {}

    private final BatchMetrics metrics;
    private final int lanes;
    private final int maxBatch;
    private final int maxWaiting;
    private final ToIntFunction<Q> weight;
    private final Function<List<Q>, Mono<List<Mono<A>>>> work;
    private final ArrayDeque<Asked<Q, A>> waiting = new ArrayDeque<>(); // guarded by this
    private int waitingWeight; // guarded by this
    private int busyLanes; // guarded by this

    /**
     * @param name the name of the lanes in metrics, which no other batcher of the service has
     * @param meters the registry for the metrics
     * @param lanes how many batches may be at work at the same time
     * @param maxBatch the maximum weight of a batch; a heavier question is a batch of its own
     * @param maxWaiting the weight of questions that may wait; beyond it, a question fails at once
     * @param weight returns the weight of a question, at least 1
     * @param work answers the questions of a batch, in their order. The answer to one question may be empty or an error
     */
    public Batcher(
            String name,
            MeterRegistry meters,
            int lanes,
            int maxBatch,
            int maxWaiting,
            ToIntFunction<Q> weight,
            Function<List<Q>, Mono<List<Mono<A>>>> work) {
        this.lanes = lanes;
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
        this.weight = weight;
        this.work = work;
        metrics = new BatchMetrics(name, meters, this::waitingWeight);
    }

    /**
     * Returns the answer to a question, or the error of the work. Fails with the problem {@code unavailable} if too many
     * questions are waiting.
     */
    public Mono<A> ask(Q question) {
        return Mono.defer(() -> {
            var asked = new Asked<Q, A>(question, weight.applyAsInt(question), System.nanoTime(), Sinks.one());
            var answer = asked.answer().asMono().flatMap(Function.identity());
            synchronized (this) {
                if (waitingWeight >= maxWaiting) {
                    metrics.rejected();
                    return Mono.error(ProblemException.unavailable(
                            "Too many requests are waiting. Try again after the delay in Retry-After.", null));
                }
                waiting.add(asked);
                waitingWeight += asked.weight();
                if (busyLanes == lanes) {
                    return answer;
                }
                busyLanes++;
            }
            Mono.defer(this::runNextBatch).repeat(this::continueLane).subscribe();
            return answer;
        });
    }

    private Mono<Void> runNextBatch() {
        var batch = nextBatch();
        if (batch.isEmpty()) {
            return Mono.empty(); // another lane has taken the questions
        }
        metrics.began(batch.size());
        var now = System.nanoTime();
        batch.forEach(asked -> metrics.waited(now - asked.asked()));
        return run(batch);
    }

    private synchronized int waitingWeight() {
        return waitingWeight;
    }

    private synchronized boolean continueLane() {
        busyLanes -= waiting.isEmpty() ? 1 : 0;
        return !waiting.isEmpty();
    }

    private synchronized List<Asked<Q, A>> nextBatch() {
        var batch = new ArrayList<Asked<Q, A>>();
        var room = maxBatch;
        while (!waiting.isEmpty() && (batch.isEmpty() || waiting.peek().weight() <= room)) {
            batch.add(waiting.remove());
            room -= batch.get(batch.size() - 1).weight();
            waitingWeight -= batch.get(batch.size() - 1).weight();
        }
        return batch;
    }

    private Mono<Void> run(List<Asked<Q, A>> batch) {
        var start = System.nanoTime();
        return Mono.defer(() -> work.apply(batch.stream().map(Asked::question).toList()))
                .doOnNext(answers -> {
                    for (int i = 0; i < batch.size(); i++) {
                        batch.get(i).answer().tryEmitValue(answers.get(i));
                    }
                })
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("A batch has no answers")))
                .then()
                .doOnSuccess(done -> metrics.succeeded(System.nanoTime() - start))
                .onErrorResume(error -> {
                    metrics.failed(System.nanoTime() - start);
                    if (batch.size() > 1 && SqlStates.mayConcernOneRow(error)) {
                        var half = batch.size() / 2;
                        return run(batch.subList(0, half)).then(run(batch.subList(half, batch.size())));
                    }
                    batch.forEach(asked -> asked.answer().tryEmitError(error));
                    return Mono.empty();
                });
    }
}
