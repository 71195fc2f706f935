package io.multicloudboutique.client.internal.http;

import feign.Response;
import feign.codec.ErrorDecoder;
import io.multicloudboutique.client.internal.shared.HealthApi;
import io.multicloudboutique.client.internal.shared.HealthDto;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the exception for a response that is not a success. Two of these responses are not failures for the caller,
 * and {@link Calls} catches their exceptions: an item that has not changed, and a service that reports that it is
 * unhealthy.
 */
final class ProblemDecoder implements ErrorDecoder {

    private final JsonMapper json;
    private final ProblemReader problems;

    ProblemDecoder(JsonMapper json, ProblemReader problems) {
        this.json = json;
        this.problems = problems;
    }

    @Override
    public Exception decode(String method, Response response) {
        var request = response.request();
        var answered = Answered.of(response);
        if (response.status() == 304 && request.headers().containsKey("If-None-Match")) {
            return new NotModified();
        }
        var problem = problems.read(answered.content());
        if (response.status() == 503
                && problem.isEmpty()
                && request.requestTemplate().feignTarget().type() == HealthApi.class) {
            var health = health(answered.content());
            if (health.isPresent()) {
                return new Unhealthy(health.get());
            }
        }
        return Failures.answered(request, response.status(), response.headers(), answered, problem);
    }

    private Optional<HealthDto> health(byte[] body) {
        try {
            return Optional.ofNullable(json.readValue(body, HealthDto.class))
                    .filter(health ->
                            health.getStatus() != null && health.getService() != null && health.getTimestamp() != null);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** An exception that serves as a return value, so it has no stack trace. */
    abstract static class Detour extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Detour() {
            super(null, null, false, false);
        }
    }

    static final class NotModified extends Detour {

        private static final long serialVersionUID = 1L;
    }

    static final class Unhealthy extends Detour {

        private static final long serialVersionUID = 1L;

        private final transient HealthDto health;

        Unhealthy(HealthDto health) {
            this.health = health;
        }

        HealthDto health() {
            return health;
        }
    }
}
