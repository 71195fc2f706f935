package io.multicloudboutique.client.errors;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service rejected a call or failed to process it. Most statuses have a subclass. This class itself stands for the
 * others, for example for a body that is too large.
 */
public class ProblemException extends BoutiqueException {

    private static final long serialVersionUID = 1L;

    private final Answer answer;

    /** Creates the exception. Only the SDK calls this constructor. */
    public ProblemException(String message, FailedCall call, Answer answer) {
        super(message, call, null);
        this.answer = answer;
    }

    /** The response to the last attempt. */
    public Answer answer() {
        return answer;
    }

    /** The headers of the response. Names are not case-sensitive in look-ups. */
    public Map<String, List<String>> headers() {
        return answer.headers();
    }

    /**
     * The first 8 KiB of the response's body as text; empty if the response has no body or a compressed one. The text
     * may contain personal data.
     */
    public String body() {
        return answer.body();
    }

    @Override
    public Optional<Integer> status() {
        return Optional.of(answer.status());
    }

    @Override
    public Optional<Problem> problem() {
        return answer.problem();
    }

    /** The problem code; {@link ProblemCode#UNKNOWN} if the response has no problem details. */
    public ProblemCode code() {
        return answer.problem().map(Problem::code).orElse(ProblemCode.UNKNOWN);
    }

    /**
     * Returns the delay from the {@code Retry-After} header; empty if the header is missing or not a number of seconds.
     */
    Optional<Duration> retryAfterSeconds() {
        return headers().getOrDefault("Retry-After", List.of()).stream()
                .filter(value -> value.matches("[0-9]{1,9}"))
                .findFirst()
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
