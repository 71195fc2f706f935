package io.multicloudboutique.support.idempotency;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.database.SqlStates;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.http.CurrentExchange;
import io.multicloudboutique.support.problem.ProblemException;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a POST safe to repeat: with an Idempotency-Key, the effect and the answer are committed together, and whoever sends
 * the same request again gets that answer. The database is what decides between simultaneous duplicates: the second one
 * waits at the key's row until the first is committed (then it replays) or rolled back (then it is the first). Thread-safe.
 */
public final class Idempotency {

    /** The header that says that an answer is not the first one. */
    public static final String REPLAYED = "Idempotent-Replayed";

    /** Reads answers as they were written; the service's own mapper normalises what clients send. */
    private static final JsonMapper STORED = JsonMapper.builder().build();

    private final DatabaseClient database;
    private final Transactions transactions;
    private final JsonMapper json;

    Idempotency(DatabaseClient database, Transactions transactions, JsonMapper json) {
        this.database = database;
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * Runs the effect in a transaction, once for each key.
     *
     * @param key the header as it came, well formed, or null: then the effect runs each time
     * @param request the parsed body, or null if the operation has none; what counts as the same request
     * @param answerType what the answer's body is
     * @param effect makes the answer; only a 2xx is kept, an error leaves no trace
     */
    public <T> Mono<ResponseEntity<T>> once(
            @Nullable String key,
            @Nullable Object request,
            Class<T> answerType,
            Supplier<Mono<ResponseEntity<T>>> effect) {
        if (key == null) {
            return transactions.run(Mono.defer(effect));
        }
        return CurrentExchange.with(exchange -> caller(exchange).flatMap(caller -> {
            var claim = Claim.of(caller, exchange, key, fingerprint(request));
            return transactions.run(Mono.defer(() -> claim(claim))
                    .flatMap(first ->
                            first ? effect.get().flatMap(answer -> keep(claim, answer)) : replay(claim, answerType)));
        }));
    }

    /** Who authenticated for this request; while access is open, every caller is the same one. */
    private static Mono<String> caller(ServerWebExchange exchange) {
        return exchange.getPrincipal().map(Principal::getName).defaultIfEmpty("");
    }

    /** Whether this request is the first with its key. Waits while another transaction holds the key. */
    private Mono<Boolean> claim(Claim claim) {
        return claim.bind(database.sql("""
                        INSERT INTO idempotency_keys AS known (caller, method, path, key, fingerprint)
                        VALUES (:caller, :method, :path, :key, :fingerprint)
                        ON CONFLICT (caller, method, path, key) DO UPDATE
                        SET fingerprint = excluded.fingerprint, created_at = now()
                        WHERE known.created_at < now() - interval '24 hours'
                        """))
                .bind("fingerprint", claim.fingerprint())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .onErrorMap(
                        SqlStates::lockTimedOut,
                        stillRunning -> new ProblemException(
                                        ProblemCodeDto.REQUEST_IN_PROGRESS,
                                        "A request with this Idempotency-Key is still in progress. Repeat it after the delay in Retry-After.",
                                        stillRunning)
                                .retryAfter(Duration.ofSeconds(1)));
    }

    private <T> Mono<ResponseEntity<T>> keep(Claim claim, ResponseEntity<T> answer) {
        return claim.bind(database.sql("""
                        UPDATE idempotency_keys SET status = :status, location = :location, etag = :etag, body = :body
                        WHERE caller = :caller AND method = :method AND path = :path AND key = :key
                        """))
                .bind("status", answer.getStatusCode().value())
                .bind(
                        "location",
                        Parameters.in(R2dbcType.VARCHAR, answer.getHeaders().getFirst(HttpHeaders.LOCATION)))
                .bind(
                        "etag",
                        Parameters.in(R2dbcType.VARCHAR, answer.getHeaders().getETag()))
                .bind("body", json.writeValueAsString(answer.getBody()))
                .fetch()
                .rowsUpdated()
                .thenReturn(answer);
    }

    private <T> Mono<ResponseEntity<T>> replay(Claim claim, Class<T> answerType) {
        return claim.bind(database.sql("""
                        SELECT fingerprint, status, location, etag, body FROM idempotency_keys
                        WHERE caller = :caller AND method = :method AND path = :path AND key = :key
                        """))
                .map(row -> answer(row, claim, answerType))
                .one();
    }

    private <T> ResponseEntity<T> answer(Readable row, Claim claim, Class<T> answerType) {
        if (!claim.fingerprint().equals(row.get("fingerprint", String.class))) {
            throw new ProblemException(
                    ProblemCodeDto.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was already used with a different body. Use a new key for each new request.");
        }
        var answer = ResponseEntity.status(row.get("status", Integer.class)).header(REPLAYED, "true");
        var location = row.get("location", String.class);
        if (location != null) {
            answer.header(HttpHeaders.LOCATION, location);
        }
        var etag = row.get("etag", String.class);
        if (etag != null) {
            answer.eTag(etag);
        }
        return answer.body(STORED.readValue(row.get("body", String.class), answerType));
    }

    /** Deletes what no longer has to be kept. Harmless from several instances at once. */
    Mono<Long> forgetOld() {
        return database.sql("DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'")
                .fetch()
                .rowsUpdated();
    }

    private String fingerprint(@Nullable Object request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(request));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The scope of a key, the key, and what was sent with it. */
    private record Claim(String caller, String method, String path, String key, String fingerprint) {

        static Claim of(String caller, ServerWebExchange exchange, String header, String fingerprint) {
            var request = exchange.getRequest();
            return new Claim(
                    caller,
                    request.getMethod().name(),
                    resource(request.getPath()),
                    header.startsWith("\"") ? header.substring(1, header.length() - 1) : header,
                    fingerprint);
        }

        /** What the path names, in whichever way it is written. */
        private static String resource(RequestPath path) {
            return path.pathWithinApplication().elements().stream()
                    .map(element -> element instanceof PathContainer.PathSegment segment
                            ? segment.valueToMatch()
                            : element.value())
                    .collect(Collectors.joining());
        }

        DatabaseClient.GenericExecuteSpec bind(DatabaseClient.GenericExecuteSpec sql) {
            return sql.bind("caller", caller)
                    .bind("method", method)
                    .bind("path", path)
                    .bind("key", key);
        }
    }
}
