package io.multicloudboutique.client.errors;

import java.util.List;

/**
 * The requested quantity exceeds the available quantity. Nothing was reserved, not even the other products of the cart.
 */
public final class InsufficientStockException extends ConflictException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public InsufficientStockException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }

    /** The products without enough available stock, at least one. */
    public List<Shortage> shortages() {
        return problem().map(Problem::shortages).orElse(List.of());
    }
}
