package io.multicloudboutique.support.database;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A database server that this JVM starts for its own use, and starts again if it ends. {@link java.util.ServiceLoader} finds the implementation. The
 * launcher and the tests have an implementation on their class path. Service jars contain no implementation, so they
 * need {@code DATABASE_URL}. Thread-safe.
 */
public interface DatabaseServer extends AutoCloseable {

    /**
     * Starts the server and returns when it accepts connections. May be called only once.
     *
     * @param folder the folder for the server's files; created if missing
     * @return the URL of the server's database, in the form of {@code DATABASE_URL}
     * @throws DatabaseUnavailable if the server cannot start
     */
    String start(Path folder);

    /**
     * Calls the action if the server has ended and cannot be started again. May be called only after {@link #start}.
     *
     * @param action receives the reason, in one line
     */
    void onFailure(Consumer<DatabaseUnavailable> action);

    /** Stops the server. Does nothing if the server does not run. Never throws. */
    @Override
    void close();
}
