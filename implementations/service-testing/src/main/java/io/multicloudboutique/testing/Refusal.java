package io.multicloudboutique.testing;

import java.util.Set;

/**
 * An error of the database. Immutable.
 *
 * @param sqlState the five characters of PostgreSQL's error code
 * @param statement the text of the statement, without values
 * @param application the name of the session: the service, {@code test} for the tests themselves, and the driver's name for
 *     schema migrations
 */
record Refusal(String sqlState, String message, String statement, String application) {

    /**
     * The classes of the errors that tests cause on purpose on every engine: lost connections, invalid values, violated
     * constraints, transactions that lost against others, overload, and stops.
     */
    private static final Set<String> ORDINARY_CLASSES = Set.of("08", "22", "23", "40", "53", "57", "P0");

    private static final Set<String> ORDINARY = Set.of(
            "55P03", // lock_not_available
            "25P02", // a statement after the one that failed
            "25P03"); // idle_in_transaction_session_timeout

    /**
     * Returns whether the engine refuses the statement itself, such as with 0A000 (feature_not_supported), 42601
     * (syntax_error) or XX000 (internal_error), so that no repetition can succeed.
     */
    boolean refusesStatement() {
        return !ORDINARY.contains(sqlState) && ORDINARY_CLASSES.stream().noneMatch(sqlState::startsWith);
    }
}
