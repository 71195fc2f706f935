package io.multicloudboutique.support;

import io.multicloudboutique.support.database.DatabaseUnavailable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;

/** Says in one line why a service cannot start, if it is nothing that a stack trace would help with. */
public final class OneLineStartupFailure implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        var line = describe(failure);
        if (line != null) {
            System.err.println(line);
        }
        return line != null;
    }

    /** The line, or null if the failure is not one that a person who starts the service can mend. */
    public static @Nullable String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseUnavailable || cause instanceof StartupRefused) {
                return cause.getMessage();
            }
            if (cause instanceof PortInUseException inUse) {
                return "Port " + inUse.getPort() + " is taken: stop what listens there, or choose another port.";
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var state = sql.getSQLState();
                if (state.startsWith("08")
                        || state.startsWith("28")
                        || state.equals("3D000")
                        || state.equals("42501")) {
                    return "The database of DATABASE_URL cannot be used: "
                            + sql.getMessage().lines().findFirst().orElse(state);
                }
            }
        }
        return null;
    }
}
