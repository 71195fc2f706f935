package io.multicloudboutique.support.items;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What becomes of the fields of an item when a change is merged into it: what is not sent stays. */
public final class Merge {

    private Merge() {}

    /** The new value, or the present one if there is no other. */
    public static <V> V value(V present, @Nullable V sent) {
        return sent == null ? present : sent;
    }

    /** The new amount, or the present one if there is no other; 5 and 5.00 are not different. */
    public static BigDecimal value(BigDecimal present, @Nullable BigDecimal sent) {
        return sent == null || sent.compareTo(present) == 0 ? present : sent;
    }

    /** The new text, the present one if there is no other, or none if it is empty. */
    public static @Nullable String optional(@Nullable String present, @Nullable String sent) {
        return sent == null ? present : sent.isEmpty() ? null : sent;
    }
}
