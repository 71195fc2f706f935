package io.multicloudboutique.support;

import io.multicloudboutique.support.database.DatabaseUnavailable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;

/**
 * Reports startup failures that a user can fix. Prints one line to standard error instead of a stack trace. Spring Boot
 * reports all other failures.
 */
public final class OneLineStartupFailure implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        var line = describe(failure);
        if (line != null) {
            System.err.println(line);
        }
        return line != null;
    }

    /**
     * Describes a startup failure in one line, with its reason and, where possible, the fix.
     *
     * @return null if neither the failure nor one of its causes is known to be fixable by a user
     */
    public static @Nullable String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseUnavailable || cause instanceof StartupRefused) {
                return cause.getMessage();
            }
            if (cause instanceof PortInUseException inUse) {
                return "Port " + inUse.getPort()
                        + " is already in use: stop the program that listens on it, or choose another port with PORT or MANAGEMENT_PORT.";
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var state = sql.getSQLState();
                if (state.startsWith("08")
                        || state.startsWith("28")
                        || state.equals("3D000")
                        || state.equals("42501")) {
                    return "The database in DATABASE_URL cannot be used: "
                            + sql.getMessage().lines().findFirst().orElse(state);
                }
            }
        }
        return null;
    }
}
