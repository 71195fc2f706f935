package io.multicloudboutique.client.internal.http;

import io.multicloudboutique.client.errors.Problem;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.errors.Shortage;
import io.multicloudboutique.client.errors.Violation;
import io.multicloudboutique.client.internal.shared.ProblemDto;
import io.multicloudboutique.client.inventory.ReservationStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads problem details, and ignores bodies that are something else. Thread-safe. */
final class ProblemReader {

    private final JsonMapper json;

    ProblemReader(JsonMapper json) {
        this.json = json;
    }

    Optional<Problem> read(byte[] body) {
        return parse(body).map(ProblemReader::problem);
    }

    boolean saysInProgress(byte[] body) {
        return read(body)
                .filter(problem -> problem.code() == ProblemCode.REQUEST_IN_PROGRESS)
                .isPresent();
    }

    /** Returns empty for any other error body, such as the page of a proxy, which has no problem code. */
    private Optional<ProblemDto> parse(byte[] body) {
        try {
            return Optional.ofNullable(json.readValue(body, ProblemDto.class))
                    .filter(problem -> problem.getCode() != null && problem.getStatus() != null);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Problem problem(ProblemDto wire) {
        var code = known(ProblemCode.class, wire.getCode(), ProblemCode.UNKNOWN);
        return new Problem(
                code,
                orEmpty(wire.getTitle()),
                wire.getStatus(),
                orEmpty(wire.getDetail()),
                orEmpty(wire.getInstance()),
                orNone(wire.getViolations()).stream()
                        .filter(Objects::nonNull)
                        .map(violation ->
                                new Violation(orEmpty(violation.getPointer()), orEmpty(violation.getMessage())))
                        .toList(),
                shortages(wire),
                Optional.ofNullable(wire.getReservationStatus())
                        .map(status -> known(ReservationStatus.class, status, ReservationStatus.UNKNOWN)),
                // The product of a shortage is among the shortages.
                Optional.ofNullable(wire.getProductId()).filter(id -> code == ProblemCode.PRODUCT_ARCHIVED),
                Optional.ofNullable(wire.getRefundable()));
    }

    /** Maps the problem of a single product and the problem of several ones to a list. */
    private static List<Shortage> shortages(ProblemDto wire) {
        if (wire.getProductId() != null && wire.getAvailable() != null && wire.getRequested() != null) {
            return List.of(new Shortage(wire.getProductId(), wire.getAvailable(), wire.getRequested()));
        }
        return orNone(wire.getShortages()).stream()
                .filter(Objects::nonNull)
                .map(shortage -> new Shortage(
                        orEmpty(shortage.getProductId()),
                        Objects.requireNonNullElse(shortage.getAvailable(), 0L),
                        Objects.requireNonNullElse(shortage.getRequested(), 0L)))
                .toList();
    }

    /** Returns the constant with the same name, or {@code unknown} for a value that only a newer service knows. */
    private static <E extends Enum<E>> E known(Class<E> type, Enum<?> wire, E unknown) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> constant.name().equals(wire.name()))
                .findFirst()
                .orElse(unknown);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
