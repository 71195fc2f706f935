package io.multicloudboutique.support.problem;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused, for a reason that the contracts name. What it says goes to the client as it is, so it holds
 * no internals. A service derives its own, named as what happened.
 *
 * <p>Not thread-safe: fill it before it is thrown.
 */
public class ProblemException extends RuntimeException {

    private final ProblemCodeDto code;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private @Nullable Duration retryAfter;
    private List<String> challenges = List.of();

    /**
     * @param code what went wrong; status and title follow from it
     * @param detail one line for people: what happened to this request and what to do about it
     */
    public ProblemException(ProblemCodeDto code, String detail) {
        this(code, detail, null);
    }

    /**
     * @param code what went wrong; status and title follow from it
     * @param detail one line for people: what happened to this request and what to do about it
     * @param cause for the log only
     */
    public ProblemException(ProblemCodeDto code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /** There is nothing with this id, or it cannot be one. */
    public static ProblemException notFound(String what, Object id) {
        return new ProblemException(ProblemCodeDto.NOT_FOUND, "No " + what + " has the id \"" + id + "\".");
    }

    /** One rule of the contract is broken that generated validation does not know. */
    public static ProblemException invalid(String pointer, String message) {
        return invalid(List.of(new Violation(pointer, message)));
    }

    /** Rules of the contract are broken; there is at least one violation. */
    static ProblemException invalid(List<Violation> violations) {
        var first = violations.get(0);
        var where = first.pointer().isEmpty() ? "The body" : first.pointer();
        var more = violations.size() > 1 ? " (and " + (violations.size() - 1) + " more, see violations)" : "";
        return new ProblemException(ProblemCodeDto.VALIDATION_FAILED, where + " " + first.message() + more + ".")
                .with("violations", violations);
    }

    /** Adds a member to the problem, under a name that the contract declares. */
    public final ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Tells the client when to try again, in whole seconds. */
    public final ProblemException retryAfter(Duration wait) {
        retryAfter = wait;
        return this;
    }

    /** Tells the client how to authenticate: each a value of {@code WWW-Authenticate}. */
    public final ProblemException challenges(List<String> ways) {
        challenges = List.copyOf(ways);
        return this;
    }

    public final ProblemCodeDto code() {
        return code;
    }

    final Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }

    final @Nullable Duration retryAfter() {
        return retryAfter;
    }

    final List<String> challenges() {
        return challenges;
    }

    record Violation(String pointer, String message) {}
}
