package io.multicloudboutique.support.idempotency;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.batching.Batcher;
import io.multicloudboutique.support.database.Pool;
import io.multicloudboutique.support.database.SqlStates;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.idempotency.Decision.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Runs writes in batches, each of which is one transaction. The requests of a batch are decided one by one, in the order
 * of their arrival, and are answered after the commit. The idempotency keys of the accepted requests are stored in the
 * same transaction, together with their responses.
 *
 * <p>A batch waits for locks of other transactions for a short time only. If it waits longer, it is split without further
 * waiting, and the requests that need the locked rows leave the lane. They wait together in a batch of stragglers, so that
 * they delay no other request. Thread-safe.
 *
 * @param <Q> a write
 */
public final class WriteLane<Q> {

    private static final int MAX_BATCH = 128;

    /** How many batches of stragglers may wait for long locks at the same time. Each one occupies a connection. */
    private static final int STRAGGLERS = 3;

    /**
     * How long a batch of stragglers waits for a lock. It may have waited two seconds for other stragglers already, and a
     * request must end before its deadline.
     */
    private static final Duration WAIT_OF_STRAGGLERS = Duration.ofSeconds(1);

    private static final Duration NO_WAIT = Duration.ofMillis(1);

    /**
     * The batch runs again if another instance has just stored the same key or the same unique value. The next attempt
     * sees it.
     */
    private static final Retry ON_UNIQUE_VIOLATION =
            Retry.max(3).filter(SqlStates::uniqueViolation).onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private record Request<Q>(
            Q write, Class<?> responseType, @Nullable Claim claim) {}

    private final Idempotency idempotency;
    private final Transactions transactions;
    private final Function<List<Q>, Mono<List<Decision>>> decide;
    private final Batcher<Request<Q>, ResponseEntity<?>> batches;
    private final Batcher<Request<Q>, ResponseEntity<?>> stragglers;

    WriteLane(
            String name,
            MeterRegistry meters,
            Idempotency idempotency,
            Transactions transactions,
            ToIntFunction<Q> weight,
            Function<List<Q>, Mono<List<Decision>>> decide) {
        this.idempotency = idempotency;
        this.transactions = transactions;
        this.decide = decide;
        ToIntFunction<Request<Q>> weightOfRequest = request -> weight.applyAsInt(request.write());
        // While the responses of one batch are written, the next batch is already at the database.
        Executor answering = Schedulers.parallel()::schedule;
        batches = new Batcher<>(
                name, meters, 1, MAX_BATCH, Batcher.MAX_WAITING, weightOfRequest, answering, this::runBriefly);
        stragglers = new Batcher<>(
                name + "-stragglers",
                meters,
                STRAGGLERS,
                MAX_BATCH,
                MAX_BATCH,
                weightOfRequest,
                answering,
                this::runPatiently);
    }

    /**
     * Runs a write, once for each key.
     *
     * @param key the Idempotency-Key header as received, well formed; null runs the write each time
     * @param request the parsed body, which must be equal in all requests with the key; null if the operation has no
     *     body
     * @param responseType the type of the response body
     * @return the response of the write, or the stored response with the header {@value Idempotency#REPLAYED}. Fails with
     *     the problem of the decision if the write is refused; with {@code idempotency-key-reused} if the key was used
     *     with a different body; with {@code request-in-progress} if another instance takes too long to answer a request
     *     with the key; and with {@code unavailable} if too many writes are waiting
     */
    public <T> Mono<ResponseEntity<T>> once(
            @Nullable String key, @Nullable Object request, Class<T> responseType, Q write) {
        return key == null
                ? run(write).map(WriteLane::ofType)
                : idempotency
                        .claim(key, request)
                        .flatMap(claim -> answer(new Request<>(write, responseType, claim)))
                        .map(WriteLane::ofType);
    }

    /** Runs a write that has no key. Fails as {@link #once} does. */
    public Mono<ResponseEntity<?>> run(Q write) {
        return answer(new Request<>(write, Object.class, null));
    }

    private Mono<ResponseEntity<?>> answer(Request<Q> request) {
        return batches.ask(request).onErrorResume(SqlStates::lockTimedOut, locked -> stragglers.ask(request));
    }

    private Mono<List<Mono<ResponseEntity<?>>>> runBriefly(List<Request<Q>> requests) {
        return Pool.BATCHES.use(runBatch(requests, Pool.BATCHES.lockWait())
                .onErrorResume(SqlStates::lockTimedOut, locked -> runWithoutWaiting(requests)));
    }

    /**
     * Runs the requests that need no locked row. The answer to each other request is an error. This method never fails as
     * a whole, because a part of the requests may have taken effect.
     */
    private Mono<List<Mono<ResponseEntity<?>>>> runWithoutWaiting(List<Request<Q>> requests) {
        return runBatch(requests, NO_WAIT).onErrorResume(error -> {
            if (requests.size() == 1 || !SqlStates.mayConcernOneRow(error)) {
                return Mono.just(failed(requests, error));
            }
            var half = requests.size() / 2;
            return runWithoutWaiting(requests.subList(0, half))
                    .flatMap(first -> runWithoutWaiting(requests.subList(half, requests.size()))
                            .map(second -> Stream.concat(first.stream(), second.stream())
                                    .toList()));
        });
    }

    /** Runs stragglers. If they wait too long, only those fail whose rows are still locked. */
    private Mono<List<Mono<ResponseEntity<?>>>> runPatiently(List<Request<Q>> requests) {
        return requests.size() == 1
                ? runAlone(requests)
                : runBatch(requests, WAIT_OF_STRAGGLERS)
                        .onErrorResume(SqlStates::lockTimedOut, locked -> runWithoutWaiting(requests));
    }

    private List<Mono<ResponseEntity<?>>> failed(List<Request<Q>> requests, Throwable error) {
        return requests.stream()
                .map(request -> Mono.<ResponseEntity<?>>error(error))
                .toList();
    }

    private Mono<List<Mono<ResponseEntity<?>>>> runBatch(List<Request<Q>> requests, Duration lockWait) {
        var claims =
                requests.stream().map(Request::claim).filter(Objects::nonNull).toList();
        return transactions
                .run(
                        lockWait,
                        Mono.defer(() -> idempotency.stored(claims)).flatMap(stored -> answers(requests, stored)))
                .retryWhen(ON_UNIQUE_VIOLATION);
    }

    private Mono<List<Mono<ResponseEntity<?>>>> answers(
            List<Request<Q>> requests, Map<List<String>, StoredResponse> stored) {
        var answers = new ArrayList<Mono<ResponseEntity<?>>>();
        var keys = new HashSet<List<String>>();
        var undecided = new ArrayList<Integer>();
        for (var request : requests) {
            var claim = request.claim();
            var replayed = replayed(request, stored);
            if (replayed.isPresent()) {
                answers.add(replayed.get());
            } else if (claim == null || keys.add(claim.scopedKey())) {
                undecided.add(answers.size());
                answers.add(Mono.empty()); // until it is decided
            } else {
                answers.add(batches.ask(request)); // in a later batch, after the first request with this key
            }
        }
        if (undecided.isEmpty()) {
            return Mono.just(answers);
        }
        return decide.apply(undecided.stream().map(i -> requests.get(i).write()).toList())
                .flatMap(decisions -> {
                    var responses = new ArrayList<StoredResponse>();
                    var refused = new ArrayList<Claim>();
                    for (int d = 0; d < undecided.size(); d++) {
                        var i = undecided.get(d);
                        var claim = requests.get(i).claim();
                        answers.set(i, Mono.fromSupplier(decisions.get(d)::response));
                        if (claim != null && decisions.get(d) instanceof Accepted accepted) {
                            responses.add(idempotency.storedResponse(claim, accepted.response()));
                        } else if (claim != null) {
                            refused.add(claim);
                        }
                    }
                    // Another transaction may have stored a key since this one has looked for it. The decision then saw
                    // the effect of the same request: that its stock or its reference is taken.
                    return idempotency
                            .store(responses)
                            .then(Mono.defer(() -> idempotency.stored(refused)))
                            .map(meanwhile -> {
                                undecided.forEach(i -> replayed(requests.get(i), meanwhile)
                                        .ifPresent(replayed -> answers.set(i, replayed)));
                                return answers;
                            });
                });
    }

    /** Returns the answer to a request whose key is among the stored responses. */
    private Optional<Mono<ResponseEntity<?>>> replayed(Request<Q> request, Map<List<String>, StoredResponse> stored) {
        var claim = request.claim();
        return claim == null
                ? Optional.empty()
                : Optional.ofNullable(stored.get(claim.scopedKey()))
                        .map(response ->
                                Mono.fromSupplier(() -> idempotency.replay(response, claim, request.responseType())));
    }

    private Mono<List<Mono<ResponseEntity<?>>>> runAlone(List<Request<Q>> requests) {
        var request = requests.get(0);
        return runAlone(request.claim(), request.responseType(), request.write())
                .retryWhen(ON_UNIQUE_VIOLATION)
                .map(response -> List.of(Mono.just(response)));
    }

    private <T> Mono<ResponseEntity<T>> runAlone(@Nullable Claim claim, Class<T> responseType, Q write) {
        Supplier<Mono<ResponseEntity<T>>> effect = () -> decide.apply(List.of(write))
                .map(decisions -> ofType(decisions.get(0).response()));
        return claim == null ? transactions.run(Mono.defer(effect)) : idempotency.once(claim, responseType, effect);
    }

    @SuppressWarnings("unchecked") // the response is the write's own or has been read as its type
    private static <T> ResponseEntity<T> ofType(ResponseEntity<?> response) {
        return (ResponseEntity<T>) response;
    }
}
