package io.multicloudboutique.embeddedpostgres;

import io.multicloudboutique.support.database.DatabaseServer;
import io.multicloudboutique.support.database.DatabaseUnavailable;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the embedded PostgreSQL available through {@link java.util.ServiceLoader}. Thread-safe. */
public final class EmbeddedDatabaseServer implements DatabaseServer {

    private @Nullable EmbeddedDatabase database;

    @Override
    public synchronized String start(Path folder) {
        database = EmbeddedDatabase.start(folder);
        return database.url(database.database());
    }

    @Override
    public synchronized void onFailure(Consumer<DatabaseUnavailable> action) {
        Objects.requireNonNull(database, "The server has not been started").onFailure(action);
    }

    @Override
    public synchronized void close() {
        if (database != null) {
            database.close();
        }
    }
}
