package io.multicloudboutique.support.items;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Merges the fields of a change into an item. A field that the client did not send keeps its value. */
public final class Merge {

    private Merge() {}

    /** Returns the sent value, or the current value if none was sent. */
    public static <V> V value(V current, @Nullable V sent) {
        return sent == null ? current : sent;
    }

    /**
     * Returns the sent amount, or the current amount if none was sent or both are numerically equal, such as 5 and
     * 5.00.
     */
    public static BigDecimal value(BigDecimal current, @Nullable BigDecimal sent) {
        return sent == null || sent.compareTo(current) == 0 ? current : sent;
    }

    /** Returns the sent text, the current text if none was sent, or null if the sent text is empty. */
    public static @Nullable String optional(@Nullable String current, @Nullable String sent) {
        return sent == null ? current : sent.isEmpty() ? null : sent;
    }
}
