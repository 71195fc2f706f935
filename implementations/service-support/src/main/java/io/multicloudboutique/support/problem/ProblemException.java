package io.multicloudboutique.support.problem;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a request fails for a reason in the contracts' catalogue of problems. Clients receive the message unchanged
 * as {@code detail}, so it must not contain internals. Services define subclasses that are named after the event.
 *
 * <p>Not thread-safe: add all members before throwing it.
 */
public class ProblemException extends RuntimeException {

    private final ProblemCodeDto code;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private @Nullable Duration retryAfter;
    private List<String> challenges = List.of();

    /**
     * @param code the code of the problem, which determines its status and title
     * @param detail one line for people: the error in this request and its fix
     */
    public ProblemException(ProblemCodeDto code, String detail) {
        this(code, detail, null);
    }

    /**
     * @param code the code of the problem, which determines its status and title
     * @param detail one line for people: the error in this request and its fix
     * @param cause the original error, for the log only
     */
    public ProblemException(ProblemCodeDto code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /**
     * Returns a {@code not-found} problem for an id that is unknown or malformed.
     *
     * @param itemName the name of the kind of item, such as {@code customer}
     */
    public static ProblemException notFound(String itemName, Object id) {
        return new ProblemException(ProblemCodeDto.NOT_FOUND, "No " + itemName + " has the id \"" + id + "\".");
    }

    /**
     * Returns a {@code validation-failed} problem for a rule that the generated validation does not check.
     *
     * @param pointer a JSON pointer into the body, {@code query:<name>} or {@code header:<name>}; empty for the whole
     *     body
     * @param message the violated rule, as the predicate of a sentence, such as {@code must not be null}
     */
    public static ProblemException invalid(String pointer, String message) {
        return invalid(List.of(new Violation(pointer, message)));
    }

    /** Returns an {@code unavailable} problem, which clients may repeat after a second. */
    public static ProblemException unavailable(String detail, @Nullable Throwable cause) {
        return new ProblemException(ProblemCodeDto.UNAVAILABLE, detail, cause).retryAfter(Duration.ofSeconds(1));
    }

    /** Returns a {@code validation-failed} problem with these violations; the list must not be empty. */
    static ProblemException invalid(List<Violation> violations) {
        var first = violations.get(0);
        var where = first.pointer().isEmpty() ? "The body" : first.pointer();
        var more = violations.size() > 1 ? " (see violations for " + (violations.size() - 1) + " more)" : "";
        return new ProblemException(ProblemCodeDto.VALIDATION_FAILED, where + " " + first.message() + more + ".")
                .with("violations", violations);
    }

    /** Adds a member to the problem. The contract must declare the member's name. */
    public final ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Sets the {@code Retry-After} header, in whole seconds: at least one, rounded up. */
    public final ProblemException retryAfter(Duration wait) {
        retryAfter = wait;
        return this;
    }

    /** Sets the {@code WWW-Authenticate} headers, one value for each scheme that the service accepts. */
    public final ProblemException challenges(List<String> challenges) {
        this.challenges = List.copyOf(challenges);
        return this;
    }

    /** Returns the number of seconds, at least one, after which the whole time has passed. */
    public static long wholeSeconds(Duration time) {
        return Math.max(1, time.plusNanos(999_999_999).toSeconds());
    }

    /** Returns the code of the problem. */
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
