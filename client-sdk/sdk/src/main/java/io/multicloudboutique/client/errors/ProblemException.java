package io.multicloudboutique.client.errors;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service refused a call or failed at it. The subclasses say why; what has none of its own is this: a body that is
 * too large, for example.
 */
public class ProblemException extends BoutiqueException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    /** Made by the SDK. */
    public ProblemException(String message, FailedCall call, Answer answer) {
        super(message, call, null);
        this.answer = answer;
    }

    /** What the last attempt was answered. */
    public Answer answer() {
        return answer;
    }

    /** The headers of the answer by their names, which are found in any case. */
    public Map<String, List<String>> headers() {
        return answer.headers();
    }

    @Override
    public Optional<Integer> status() {
        return Optional.of(answer.status());
    }

    @Override
    public Optional<Problem> problem() {
        return answer.problem();
    }

    /** The code of the problem; {@link ProblemCode#UNKNOWN} if there is none. */
    public ProblemCode code() {
        return answer.problem().map(Problem::code).orElse(ProblemCode.UNKNOWN);
    }

    /** How long the answer asks to wait before the next attempt. */
    Optional<Duration> retryAfterSeconds() {
        return headers().getOrDefault("Retry-After", List.of()).stream()
                .filter(value -> value.matches("[0-9]{1,9}"))
                .findFirst()
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
