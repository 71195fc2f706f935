package io.multicloudboutique.support.database;

import io.multicloudboutique.support.database.Connections.NoConnection;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** Classifies database errors by their SQLSTATE. Spring's exception types do not distinguish all of these cases. */
public final class SqlStates {

    static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String TRANSACTION_ROLLBACK_CLASS = "40";
    private static final String COMPLETION_UNKNOWN = "40003"; // the transaction may have been committed
    private static final String READ_ONLY = "25006"; // a server that another one has replaced
    private static final String INVALID_VALUE_CLASS = "22";
    private static final String CONSTRAINT_VIOLATION_CLASS = "23";

    /** Connection failures, rollbacks, missing resources, operator intervention and system errors. */
    private static final Set<String> TEMPORARY_CLASSES = Set.of("08", "40", "53", "57", "58");

    private static final Set<String> TEMPORARY = Set.of(
            LOCK_NOT_AVAILABLE,
            READ_ONLY,
            "25P03", // idle_in_transaction_session_timeout
            "25P04"); // transaction_timeout

    private SqlStates() {}

    /** Returns whether a statement waited for a lock for longer than the limit of its connection. */
    public static boolean lockTimedOut(Throwable error) {
        return of(error).equals(LOCK_NOT_AVAILABLE);
    }

    /** Returns whether a statement inserted a row with a unique value that another transaction has just inserted. */
    public static boolean uniqueViolation(Throwable error) {
        return of(error).equals(UNIQUE_VIOLATION);
    }

    /**
     * Fails with a unique violation unless a statement with {@code ON CONFLICT} has returned all rows. The statement cannot
     * leave this to the database, because Citus reports the violation of an {@code INSERT … SELECT} as an internal error. Nor
     * is the number of affected rows an answer: Citus reports the number of all rows of the {@code SELECT}.
     *
     * @param message the reason if a row is missing
     */
    public static Mono<Void> requireAll(long returned, long expected, String message) {
        return returned == expected
                ? Mono.empty()
                : Mono.error(new R2dbcDataIntegrityViolationException(message, UNIQUE_VIOLATION));
    }

    /**
     * Returns whether one of the rows in a statement may have caused the error: an invalid value, a violated
     * constraint, or a lock that another transaction holds. Without that row, the statement can succeed.
     */
    public static boolean mayConcernOneRow(Throwable error) {
        var state = of(error);
        return lockTimedOut(error)
                || lostAgainstAnother(error)
                || state.startsWith(INVALID_VALUE_CLASS)
                || state.startsWith(CONSTRAINT_VIOLATION_CLASS);
    }

    /**
     * Returns whether a repetition of the work can succeed: the database is unreachable, starting, stopping, overloaded or
     * read-only (such as the primary of a cluster before a failover), a lock or a time limit was missed, or the transaction
     * lost against another. Errors without SQLSTATE come from the driver.
     */
    public static boolean mayPass(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoConnection || cause instanceof TimeoutException) {
                return true;
            }
            if (cause instanceof R2dbcException sql) {
                var state = sql.getSqlState();
                return state == null || TEMPORARY.contains(state) || TEMPORARY_CLASSES.contains(state.substring(0, 2));
            }
        }
        return false;
    }

    /**
     * Returns whether the database rolled back the transaction because of a deadlock or a serialization failure. The
     * same transaction can succeed when it is retried.
     */
    static boolean lostAgainstAnother(Throwable error) {
        return of(error).startsWith(TRANSACTION_ROLLBACK_CLASS) && !of(error).equals(COMPLETION_UNKNOWN);
    }

    /** Returns whether the server accepts no writes, for example because another server has taken over. */
    static boolean readOnly(Throwable error) {
        return of(error).equals(READ_ONLY);
    }

    private static String of(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException sql && sql.getSqlState() != null) {
                return sql.getSqlState();
            }
        }
        return "";
    }
}
