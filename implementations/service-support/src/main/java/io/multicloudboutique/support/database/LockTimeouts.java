package io.multicloudboutique.support.database;

import io.r2dbc.spi.R2dbcException;

/** Waiting for a lock that took longer than {@link DatabaseAutoConfiguration#LOCK_WAIT}. */
public final class LockTimeouts {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private LockTimeouts() {}

    /** Whether this error, or what caused it, is one. */
    public static boolean isOne(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException sql && LOCK_NOT_AVAILABLE.equals(sql.getSqlState())) {
                return true;
            }
        }
        return false;
    }
}
