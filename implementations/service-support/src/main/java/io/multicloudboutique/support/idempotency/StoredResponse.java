package io.multicloudboutique.support.idempotency;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * The response to the first request with a key, as it is stored.
 *
 * @param body the JSON of the body
 */
record StoredResponse(
        Claim claim,
        int status,
        @Nullable String location,
        @Nullable String etag,
        String body) {

    /**
     * Reads stored responses exactly as they were written. The service's own mapper would normalise values, as it does
     * in requests.
     */
    private static final JsonMapper STORED = JsonMapper.builder().build();

    static StoredResponse of(Claim claim, ResponseEntity<?> response, JsonMapper json) {
        return new StoredResponse(
                claim,
                response.getStatusCode().value(),
                response.getHeaders().getFirst(HttpHeaders.LOCATION),
                response.getHeaders().getETag(),
                json.writeValueAsString(response.getBody()));
    }

    static StoredResponse of(Readable row) {
        return new StoredResponse(
                new Claim(
                        row.get("caller", String.class),
                        row.get("method", String.class),
                        row.get("path", String.class),
                        row.get("key", String.class),
                        row.get("fingerprint", String.class)),
                row.get("status", Integer.class),
                row.get("location", String.class),
                row.get("etag", String.class),
                row.get("body", String.class));
    }

    /** Returns the response for a repeated request. */
    <T> ResponseEntity<T> replay(Class<T> responseType) {
        var response = ResponseEntity.status(status).header(Idempotency.REPLAYED, "true");
        if (location != null) {
            response.header(HttpHeaders.LOCATION, location);
        }
        if (etag != null) {
            response.eTag(etag);
        }
        return response.body(STORED.readValue(body, responseType));
    }
}
