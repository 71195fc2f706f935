package io.multicloudboutique.support.batching;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.support.problem.ProblemException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class BatcherTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    /** The batches at work, in the order of their start. A test ends each one. */
    private final List<List<Integer>> batches = new ArrayList<>();

    private final List<Sinks.One<Boolean>> ends = new ArrayList<>();

    private Executor executor = Runnable::run;

    private Batcher<Integer, String> batcher(int lanes, int maxBatch) {
        return new Batcher<>(
                "test", meters, lanes, maxBatch, 20, question -> question >= 100 ? 10 : 1, executor, this::work);
    }

    private Mono<List<Mono<String>>> work(List<Integer> questions) {
        batches.add(questions);
        ends.add(Sinks.one());
        return ends.get(ends.size() - 1)
                .asMono()
                .thenReturn(questions.stream().map(BatcherTest::answer).toList());
    }

    private static Mono<String> answer(int question) {
        return question == 0 ? Mono.empty() : Mono.just("answer " + question);
    }

    @Test
    void aQuestionIsABatchOfItsOwnIfNothingIsAtWork() {
        var batcher = batcher(1, 10);
        var answer = batcher.ask(1).toFuture();

        assertThat(batches).containsExactly(List.of(1));
        assertThat(answer).isNotDone();
        end(0);
        assertThat(answer).isCompletedWithValue("answer 1");
    }

    @Test
    void questionsGatherWhileABatchIsAtWork() {
        var batcher = batcher(1, 3);
        var answers = ask(batcher, 1, 2, 3, 0, 5);

        end(0);
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 0));
        end(1);
        assertThat(answers.get(3)).isCompletedWithValue(null);
        assertThat(answers.get(4)).isNotDone();
        end(2);
        assertThat(batches).hasSize(3);
        assertThat(answers.get(4)).isCompletedWithValue("answer 5");
    }

    @Test
    void theNextBatchDoesNotWaitForTheExecutor() {
        var handed = new ArrayList<Runnable>();
        executor = handed::add;
        var batcher = batcher(1, 10);
        var answers = ask(batcher, 1, 2);

        end(0);
        assertThat(batches).containsExactly(List.of(1), List.of(2));
        assertThat(answers.get(0)).isNotDone();
        handed.get(0).run();
        assertThat(answers.get(0)).isCompletedWithValue("answer 1");
    }

    @Test
    void aQuestionFailsIfItsBatchHasTooFewAnswers() {
        executor = CompletableFuture::runAsync;
        var batcher = new Batcher<Integer, String>(
                "test", meters, 1, 10, 10, question -> 1, executor, questions -> Mono.just(List.of()));

        assertThat(batcher.ask(1).toFuture())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBatchIsLimitedByWeight() {
        var batcher = batcher(1, 12);
        ask(batcher, 1, 2, 100, 3, 4, 5);
        end(0);
        end(1);

        assertThat(batches).containsExactly(List.of(1), List.of(2, 100, 3), List.of(4, 5));
    }

    @Test
    void twoLanesWorkAtTheSameTime() {
        var batcher = batcher(2, 10);
        ask(batcher, 1, 2, 3, 4);

        assertThat(batches).containsExactly(List.of(1), List.of(2));
        end(1);
        assertThat(batches).containsExactly(List.of(1), List.of(2), List.of(3, 4));
    }

    @Test
    void anErrorThatOneQuestionCausesFailsOnlyThatQuestion() {
        var attempts = new ArrayList<List<Integer>>();
        var first = Sinks.one();
        var batcher = new Batcher<Integer, String>("test", meters, 1, 10, 10, question -> 1, executor, questions -> {
            attempts.add(questions);
            if (questions.contains(3)) {
                return Mono.error(new R2dbcDataIntegrityViolationException("three", "23514"));
            }
            return (questions.contains(1) ? first.asMono() : Mono.empty())
                    .thenReturn(questions.stream().map(BatcherTest::answer).toList());
        });
        var answers = ask(batcher, 1, 2, 3, 4, 5);
        first.tryEmitEmpty();

        assertThat(attempts)
                .containsExactly(List.of(1), List.of(2, 3, 4, 5), List.of(2, 3), List.of(2), List.of(3), List.of(4, 5));
        assertThat(answers.get(1)).isCompletedWithValue("answer 2");
        assertThat(answers.get(2)).isCompletedExceptionally();
        assertThat(answers.get(4)).isCompletedWithValue("answer 5");
    }

    @Test
    void anOutageFailsTheWholeBatchAtOnce() {
        var attempts = new ArrayList<List<Integer>>();
        var first = Sinks.one();
        var batcher = new Batcher<Integer, String>("test", meters, 1, 10, 10, question -> 1, executor, questions -> {
            attempts.add(questions);
            return first.asMono().then(Mono.error(new IllegalStateException("no database")));
        });
        var answers = ask(batcher, 1, 2, 3);
        first.tryEmitEmpty();

        assertThat(attempts).containsExactly(List.of(1), List.of(2, 3));
        assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void aCallerThatCancelsDoesNotStopTheBatch() {
        var batcher = batcher(1, 10);
        batcher.ask(1).subscribe().dispose();
        var other = ask(batcher, 2).get(0);
        end(0);
        end(1);

        assertThat(batches).containsExactly(List.of(1), List.of(2));
        assertThat(other).isCompletedWithValue("answer 2");
    }

    @Test
    void beyondTheBoundAQuestionFailsAtOnce() {
        var batcher = batcher(1, 10);
        var answers = ask(batcher, 1, 100, 101, 2); // one at work, two heavy ones waiting, one too many

        assertThat(answers.subList(0, 3)).noneMatch(CompletableFuture::isDone);
        assertThat(answers.get(3))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ProblemException.class);
    }

    private static List<CompletableFuture<String>> ask(Batcher<Integer, String> batcher, int... questions) {
        return IntStream.of(questions)
                .mapToObj(question -> batcher.ask(question).toFuture())
                .toList();
    }

    private void end(int batch) {
        ends.get(batch).tryEmitValue(true);
    }
}
