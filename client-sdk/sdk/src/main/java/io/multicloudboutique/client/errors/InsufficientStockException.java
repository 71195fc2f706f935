package io.multicloudboutique.client.errors;

import java.util.List;

/** Less is available than was asked for. Nothing is held, of no product. */
public final class InsufficientStockException extends ConflictException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public InsufficientStockException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }

    /** The products that are short, at least one. */
    public List<Shortage> shortages() {
        return problem().map(Problem::shortages).orElse(List.of());
    }
}
