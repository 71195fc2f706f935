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
 * Makes POST requests safe to retry. If a request has an Idempotency-Key, its effect and its response are committed
 * together, and a retry of the request gets the stored response.
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

    /**
     * Reads stored responses exactly as they were written. The service's own mapper would normalise values, as it does
     * in requests.
     */
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
     * Runs the effect in a transaction, once for each key. Keys are separate for each caller, method and path, and
     * expire after 24 hours.
     *
     * @param key the Idempotency-Key header as received, well formed; null runs the effect each time
     * @param request the parsed body, which must be equal in all requests with the key; null if the operation has no
     *     body
     * @param responseType the type of the response body
     * @param effect creates the success response, which is stored; an error rolls back the transaction and stores
     *     nothing
     * @return the response of the effect, or the stored response with the header {@value #REPLAYED}. Fails with the
     *     problem {@code idempotency-key-reused} if the key was used with a different body, and with
     *     {@code request-in-progress} if another request with the key takes too long.
     */
    public <T> Mono<ResponseEntity<T>> once(
            @Nullable String key,
            @Nullable Object request,
            Class<T> responseType,
            Supplier<Mono<ResponseEntity<T>>> effect) {
        if (key == null) {
            return transactions.run(Mono.defer(effect));
        }
        return CurrentExchange.with(exchange -> caller(exchange).flatMap(caller -> {
            var claim = Claim.of(caller, exchange, key, fingerprint(request));
            return transactions.run(Mono.defer(() -> claim(claim))
                    .flatMap(first -> first
                            ? effect.get().flatMap(response -> store(claim, response))
                            : replay(claim, responseType)));
        }));
    }

    /** Returns the name of the authenticated caller. With open access, all callers have the same empty name. */
    private static Mono<String> caller(ServerWebExchange exchange) {
        return exchange.getPrincipal().map(Principal::getName).defaultIfEmpty("");
    }

    /** Returns whether this request is the first with its key. Waits while another transaction holds the key. */
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

    private <T> Mono<ResponseEntity<T>> store(Claim claim, ResponseEntity<T> response) {
        return claim.bind(database.sql("""
                        UPDATE idempotency_keys SET status = :status, location = :location, etag = :etag, body = :body
                        WHERE caller = :caller AND method = :method AND path = :path AND key = :key
                        """))
                .bind("status", response.getStatusCode().value())
                .bind(
                        "location",
                        Parameters.in(R2dbcType.VARCHAR, response.getHeaders().getFirst(HttpHeaders.LOCATION)))
                .bind(
                        "etag",
                        Parameters.in(R2dbcType.VARCHAR, response.getHeaders().getETag()))
                .bind("body", json.writeValueAsString(response.getBody()))
                .fetch()
                .rowsUpdated()
                .thenReturn(response);
    }

    private <T> Mono<ResponseEntity<T>> replay(Claim claim, Class<T> responseType) {
        return claim.bind(database.sql("""
                        SELECT fingerprint, status, location, etag, body FROM idempotency_keys
                        WHERE caller = :caller AND method = :method AND path = :path AND key = :key
                        """))
                .map(row -> storedResponse(row, claim, responseType))
                .one();
    }

    private <T> ResponseEntity<T> storedResponse(Readable row, Claim claim, Class<T> responseType) {
        if (!claim.fingerprint().equals(row.get("fingerprint", String.class))) {
            throw new ProblemException(
                    ProblemCodeDto.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was already used with a different body. Use a new key for each new request.");
        }
        var response = ResponseEntity.status(row.get("status", Integer.class)).header(REPLAYED, "true");
        var location = row.get("location", String.class);
        if (location != null) {
            response.header(HttpHeaders.LOCATION, location);
        }
        var etag = row.get("etag", String.class);
        if (etag != null) {
            response.eTag(etag);
        }
        return response.body(STORED.readValue(row.get("body", String.class), responseType));
    }

    /** Deletes expired keys. Several instances may do this at the same time. */
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

    /** A key, its scope (caller, method and path), and the fingerprint of the request that was sent with it. */
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

        /** Returns the decoded path, so that all encodings of a path share their keys. */
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
