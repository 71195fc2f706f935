package io.multicloudboutique.support.idempotency;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.SqlStates;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.http.CurrentExchange;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.work.Retention;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes POST requests safe to retry. If a request has an Idempotency-Key, its effect and its response are committed
 * together, and a retry of the request gets the stored response. Keys are separate for each caller, method and path,
 * and expire after 24 hours.
 *
 * <p>The database decides between simultaneous duplicates: the second request waits for the key's row until the first
 * request is committed (then the second replays the response) or rolled back (then the second takes effect). If the
 * wait is too long, the second request fails with {@code request-in-progress}.
 *
 * <p>Thread-safe.
 */
public final class Idempotency {

    /** The header that marks a replayed response. */
    public static final String REPLAYED = "Idempotent-Replayed";

    static final Duration LIFETIME = Duration.ofHours(24);

    private final DatabaseClient database;
    private final Transactions transactions;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final Counter replays;
    private final Counter reusedKeys;
    private final Counter requestsInProgress;

    Idempotency(DatabaseClient database, Transactions transactions, JsonMapper json, MeterRegistry meters) {
        this.database = database;
        this.transactions = transactions;
        this.json = json;
        this.meters = meters;
        replays = Counter.builder("boutique.idempotency.replays")
                .description("The stored responses that were sent again for a repeated Idempotency-Key")
                .register(meters);
        reusedKeys = conflicts("key_reused");
        requestsInProgress = conflicts("in_progress");
    }

    private Counter conflicts(String reason) {
        return Counter.builder("boutique.idempotency.conflicts")
                .description("The requests that were rejected because of their Idempotency-Key")
                .tag("reason", reason)
                .register(meters);
    }

    /**
     * Creates a lane, which runs writes in batches.
     *
     * @param name the name of the lane in metrics, which no other lane of the service has
     * @param weight returns the weight of a write, at least 1: about the number of rows that it locks
     * @param decide decides the writes of a batch in a transaction, in their order, and writes the effects of the
     *     accepted ones
     */
    public <Q> WriteLane<Q> lane(String name, ToIntFunction<Q> weight, Function<List<Q>, Mono<List<Decision>>> decide) {
        return new WriteLane<>(name, meters, this, transactions, weight, decide);
    }

    /**
     * Creates a lane of insertions, which lock no existing rows.
     *
     * @param name the name of the lane in metrics, which no other lane of the service has
     * @param insert decides the drafts of a batch in a transaction, and inserts the accepted ones
     */
    public <D> WriteLane<D> lane(String name, Function<List<D>, Mono<List<Decision>>> insert) {
        return lane(name, draft -> 1, insert);
    }

    /** Returns the claim of the current request to this key, which is well formed. */
    Mono<Claim> claim(String key, @Nullable Object request) {
        return CurrentExchange.with(
                exchange -> caller(exchange).map(caller -> Claim.of(caller, exchange, key, fingerprint(request))));
    }

    /** Returns the name of the authenticated caller. With open access, all callers have the same empty name. */
    private static Mono<String> caller(ServerWebExchange exchange) {
        return exchange.getPrincipal().map(Principal::getName).defaultIfEmpty("");
    }

    private String fingerprint(@Nullable Object request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(request));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /**
     * Runs an effect in a transaction of its own, after the claim to its key.
     *
     * @param effect creates the success response, which is stored; an error rolls back the transaction and stores
     *     nothing
     */
    <T> Mono<ResponseEntity<T>> once(Claim claim, Class<T> responseType, Supplier<Mono<ResponseEntity<T>>> effect) {
        return transactions.run(Mono.defer(() -> insert(claim))
                .flatMap(first -> first
                        ? effect.get().flatMap(response -> complete(claim, response))
                        : stored(List.of(claim))
                                .map(found -> replay(found.get(claim.scopedKey()), claim, responseType))));
    }

    /** Returns whether this request is the first with its key. Waits while another transaction holds the key. */
    private Mono<Boolean> insert(Claim claim) {
        var now = now();
        return claim.bind(database.sql("""
                        INSERT INTO idempotency_keys AS known (caller, method, path, key, fingerprint, created_at, expires_at)
                        VALUES (:caller, :method, :path, :key, :fingerprint, :now, :expiry)
                        ON CONFLICT (caller, method, path, key) DO UPDATE
                        SET fingerprint = excluded.fingerprint,
                            created_at = excluded.created_at, expires_at = excluded.expires_at
                        WHERE known.expires_at < excluded.created_at
                        """))
                .bind("fingerprint", claim.fingerprint())
                .bind("now", now)
                .bind("expiry", now.plus(LIFETIME))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .onErrorMap(SqlStates::lockTimedOut, stillRunning -> {
                    requestsInProgress.increment();
                    return new ProblemException(
                                    ProblemCodeDto.REQUEST_IN_PROGRESS,
                                    "A request with this Idempotency-Key is still in progress. Repeat it after the delay in Retry-After.",
                                    stillRunning)
                            .retryAfter(Duration.ofSeconds(1));
                });
    }

    /**
     * Returns the stored response to a repeated request.
     *
     * @throws ProblemException {@code idempotency-key-reused} if the body of the repeated request is different
     */
    <T> ResponseEntity<T> replay(StoredResponse stored, Claim repeated, Class<T> responseType) {
        if (!stored.claim().fingerprint().equals(repeated.fingerprint())) {
            reusedKeys.increment();
            throw new ProblemException(
                    ProblemCodeDto.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was already used with a different body. Use a new key for each new request.");
        }
        replays.increment();
        return stored.replay(responseType);
    }

    private <T> Mono<ResponseEntity<T>> complete(Claim claim, ResponseEntity<T> response) {
        var stored = storedResponse(claim, response);
        return claim.bind(database.sql("""
                        UPDATE idempotency_keys SET status = :status, location = :location, etag = :etag, body = :body
                        WHERE caller = :caller AND method = :method AND path = :path AND key = :key
                        """))
                .bind("status", stored.status())
                .bind("location", Parameters.in(R2dbcType.VARCHAR, stored.location()))
                .bind("etag", Parameters.in(R2dbcType.VARCHAR, stored.etag()))
                .bind("body", stored.body())
                .fetch()
                .rowsUpdated()
                .thenReturn(response);
    }

    StoredResponse storedResponse(Claim claim, ResponseEntity<?> response) {
        return StoredResponse.of(claim, response, json);
    }

    /** Reads the stored responses of these claims, by scoped key. */
    Mono<Map<List<String>, StoredResponse>> stored(List<Claim> claims) {
        if (claims.isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.sql("""
                        SELECT caller, method, path, key, known.fingerprint, known.status, known.location, known.etag, known.body
                        FROM unnest(:callers, :methods, :paths, :keys) AS asked (caller, method, path, key)
                        JOIN idempotency_keys known USING (caller, method, path, key)
                        WHERE known.expires_at >= :now
                        """)
                .bindValues(scopedKeys(claims))
                .bind("now", now())
                .map(StoredResponse::of)
                .all()
                .collectMap(response -> response.claim().scopedKey());
    }

    /**
     * Stores responses. Fails with a unique violation if another transaction has stored one of the keys, and waits while
     * another transaction is about to do so.
     */
    Mono<Void> store(List<StoredResponse> responses) {
        if (responses.isEmpty()) {
            return Mono.empty();
        }
        // Instances that store the same keys do so in the same order. Otherwise, there could be a deadlock.
        var ordered = responses.stream()
                .sorted(Comparator.comparing(
                        response -> String.join("\n", response.claim().scopedKey())))
                .toList();
        var now = now();
        return database.sql("""
                        INSERT INTO idempotency_keys AS known
                            (caller, method, path, key, fingerprint, status, location, etag, body, created_at, expires_at)
                        SELECT *, :now, :expiry
                        FROM unnest(:callers, :methods, :paths, :keys, :fingerprints, :statuses, :locations, :etags, :bodies)
                        ON CONFLICT (caller, method, path, key) DO UPDATE
                        SET fingerprint = excluded.fingerprint, status = excluded.status, location = excluded.location,
                            etag = excluded.etag, body = excluded.body,
                            created_at = excluded.created_at, expires_at = excluded.expires_at
                        WHERE known.expires_at < excluded.created_at
                        RETURNING key
                        """)
                .bindValues(
                        scopedKeys(ordered.stream().map(StoredResponse::claim).toList()))
                .bind(
                        "fingerprints",
                        Columns.of(ordered, response -> response.claim().fingerprint(), String[]::new))
                .bind("statuses", Columns.of(ordered, StoredResponse::status, Integer[]::new))
                .bind("locations", Columns.of(ordered, StoredResponse::location, String[]::new))
                .bind("etags", Columns.of(ordered, StoredResponse::etag, String[]::new))
                .bind("bodies", Columns.of(ordered, StoredResponse::body, String[]::new))
                .bind("now", now)
                .bind("expiry", now.plus(LIFETIME))
                .map(row -> row.get("key", String.class))
                .all()
                .count()
                .flatMap(rows -> SqlStates.requireAll(rows, ordered.size(), "Another transaction has stored a key"));
    }

    private static Map<String, Object> scopedKeys(List<Claim> claims) {
        return Map.of(
                "callers", Columns.of(claims, Claim::caller, String[]::new),
                "methods", Columns.of(claims, Claim::method, String[]::new),
                "paths", Columns.of(claims, Claim::path, String[]::new),
                "keys", Columns.of(claims, Claim::key, String[]::new));
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }

    /** Deletes some keys from before this time, the oldest first, and returns their number. */
    Mono<Long> deleteBefore(OffsetDateTime time) {
        return database.sql("""
                        DELETE FROM idempotency_keys WHERE (caller, method, path, key) IN (
                            SELECT caller, method, path, key FROM idempotency_keys
                            WHERE created_at < :time ORDER BY created_at LIMIT :rows)
                        """)
                .bind("time", time)
                .bind("rows", Retention.STEP)
                .fetch()
                .rowsUpdated();
    }
}
