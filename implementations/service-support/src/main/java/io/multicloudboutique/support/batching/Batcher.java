package io.multicloudboutique.support.batching;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.multicloudboutique.support.database.SqlStates;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.telemetry.Traces;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Answers questions in batches: while one batch is at work, the next one gathers. There is no timer. If nothing is at
 * work, a question is a batch of its own at once; under load, batches grow and the cost of each question falls.
 *
 * <p>If a caller cancels while its question waits, the question is dropped; a batch at work runs to its end. If one question
 * may have caused the error of a batch, its halves run one after the other, down to single questions, so that the others
 * succeed. A batch belongs to the first trace among its questions, and the traces of the others have a link to it.
 * Thread-safe.
 */
public final class Batcher<Q, A> {

    /** A usual bound for waiting questions: at a few thousand per second, they wait for less than a second. */
    public static final int MAX_WAITING = 2000;

    /** A question, the time in nanoseconds at which it was asked, and its observation if its trace is recorded. */
    private record Asked<Q, A>(
            Q question,
            long asked,
            Sinks.One<Mono<A>> answer,
            @Nullable Observation observation) {}

    private final BatchMetrics metrics;
    private final Executor executor;
    private final Function<List<Q>, Mono<List<Mono<A>>>> work;
    private final WaitingQuestions<Asked<Q, A>> waiting;

    /**
     * @param name the name of the lanes in metrics, which no other batcher of the service has
     * @param meters the registry for the metrics
     * @param lanes how many batches may be at work at the same time
     * @param maxBatch the maximum weight of a batch; a heavier question is a batch of its own
     * @param maxWaiting the weight of questions that may wait; beyond it, a question fails at once
     * @param weight returns the weight of a question, at least 1
     * @param executor passes on the answers of a batch. If it does so on the calling thread, the next batch starts after all
     *     callers have continued
     * @param work answers the questions of a batch, in their order. The answer to one question may be empty or an error
     */
    public Batcher(
            String name,
            MeterRegistry meters,
            int lanes,
            int maxBatch,
            int maxWaiting,
            ToIntFunction<Q> weight,
            Executor executor,
            Function<List<Q>, Mono<List<Mono<A>>>> work) {
        this.executor = executor;
        this.work = work;
        waiting = new WaitingQuestions<>(lanes, maxBatch, maxWaiting, asked -> weight.applyAsInt(asked.question()));
        metrics = new BatchMetrics(name, meters, waiting::weight);
    }

    /**
     * Returns the answer to a question, or the error of the work. Fails with the problem {@code unavailable} if too many
     * questions are waiting.
     */
    public Mono<A> ask(Q question) {
        return Mono.deferContextual(context -> {
            var asked = new Asked<Q, A>(question, System.nanoTime(), Sinks.one(), Traces.recorded(context));
            if (!waiting.add(asked)) {
                metrics.rejected();
                return Mono.error(ProblemException.unavailable(
                        "Too many requests are waiting. Try again after the delay in Retry-After.", null));
            }
            if (waiting.occupyLane()) {
                Mono.defer(this::runNextBatch).repeat(waiting::keepLane).subscribe();
            }
            return asked.answer().asMono().doOnCancel(() -> waiting.drop(asked)).flatMap(Function.identity());
        });
    }

    private Mono<Void> runNextBatch() {
        var batch = waiting.nextBatch();
        if (batch.isEmpty()) {
            return Mono.empty();
        }
        metrics.began(batch.size());
        var now = System.nanoTime();
        batch.forEach(asked -> metrics.waited(now - asked.asked()));
        return run(batch);
    }

    private Mono<Void> run(List<Asked<Q, A>> batch) {
        var start = System.nanoTime();
        return Traces.continueFirst(
                        batch.stream().map(Asked::observation).toList(),
                        Mono.defer(() ->
                                work.apply(batch.stream().map(Asked::question).toList())))
                .filter(answers -> answers.size() == batch.size())
                .doOnNext(answers -> executor.execute(() -> {
                    for (int i = 0; i < batch.size(); i++) {
                        batch.get(i).answer().tryEmitValue(answers.get(i));
                    }
                }))
                .switchIfEmpty(
                        Mono.error(() -> new IllegalStateException("A batch needs one answer for each question")))
                .then()
                .doOnSuccess(done -> metrics.succeeded(System.nanoTime() - start))
                .onErrorResume(error -> {
                    metrics.failed(System.nanoTime() - start);
                    if (batch.size() > 1 && SqlStates.mayConcernOneRow(error)) {
                        var half = batch.size() / 2;
                        return run(batch.subList(0, half)).then(run(batch.subList(half, batch.size())));
                    }
                    executor.execute(() -> batch.forEach(asked -> asked.answer().tryEmitError(error)));
                    return Mono.empty();
                });
    }
}
