package io.multicloudboutique.benchmarks;

import java.util.Locale;

/** The services that the scenarios call. */
enum Service {
    INVENTORY,
    FOOD,
    ACCOUNTING,
    ANALYTICS;

    /** The name in the paths of the repository. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
