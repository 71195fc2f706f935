package io.multicloudboutique.support.database;

import io.r2dbc.spi.R2dbcException;

/** What PostgreSQL meant by an error. Spring's exception types lump together what has to be told apart here. */
public final class SqlStates {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String TRANSACTION_ROLLBACK_CLASS = "40";

    private SqlStates() {}

    /** Waiting for a lock took longer than {@link DatabaseAutoConfiguration#LOCK_WAIT}. */
    public static boolean lockTimedOut(Throwable error) {
        return of(error).equals(LOCK_NOT_AVAILABLE);
    }

    /** A deadlock or a serialization failure: the same transaction can succeed when it runs again. */
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
