package io.multicloudboutique.support.database;

import io.r2dbc.spi.R2dbcException;

/** Classifies database errors by their SQLSTATE. Spring's exception types do not distinguish all of these cases. */
public final class SqlStates {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String TRANSACTION_ROLLBACK_CLASS = "40";

    private SqlStates() {}

    /** Returns whether a statement waited for a lock for longer than {@link DatabaseAutoConfiguration#LOCK_WAIT}. */
    public static boolean lockTimedOut(Throwable error) {
        return of(error).equals(LOCK_NOT_AVAILABLE);
    }

    /**
     * Returns whether the database rolled back the transaction because of a deadlock or a serialization failure. The
     * same transaction can succeed when it is retried.
     */
    static boolean lostAgainstAnother(Throwable error) {
        return of(error).startsWith(TRANSACTION_ROLLBACK_CLASS);
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
