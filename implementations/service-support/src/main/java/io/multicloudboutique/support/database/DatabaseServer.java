package io.multicloudboutique.support.database;

import java.nio.file.Path;

/**
 * A database server that this JVM starts for itself, found by {@link java.util.ServiceLoader}. The launcher and the tests have
 * one; service jars have none and need {@code DATABASE_URL}. Thread-safe.
 */
public interface DatabaseServer extends AutoCloseable {

    /**
     * Starts the server and returns when it accepts connections. Called once.
     *
     * @param folder the server's files; created if missing
     * @return the URL of its database, as {@code DATABASE_URL} takes it
     * @throws DatabaseUnavailable if the server cannot start
     */
    String start(Path folder);

    /** Stops the server. Does nothing if it does not run. Never throws. */
    @Override
    void close();
}
