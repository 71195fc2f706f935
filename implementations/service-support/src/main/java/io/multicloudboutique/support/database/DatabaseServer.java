package io.multicloudboutique.support.database;

import java.nio.file.Path;

/**
 * A database server that this JVM starts for its own use. {@link java.util.ServiceLoader} finds the implementation. The
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

    /** Stops the server. Does nothing if the server does not run. Never throws. */
    @Override
    void close();
}
