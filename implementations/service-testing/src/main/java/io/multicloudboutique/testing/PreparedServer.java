package io.multicloudboutique.testing;

import io.multicloudboutique.embeddedpostgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.util.FileSystemUtils;

/**
 * The folder of a PostgreSQL server that was started and stopped once. A server on a copy of this folder starts in one
 * second instead of five, because PostgreSQL is already unpacked and its data is already initialised. All test runs of
 * a build share the folder, which is in this module's {@code target}.
 */
public final class PreparedServer {

    private PreparedServer() {}

    /**
     * Copies the folder; the first call of a build prepares it. Safe for concurrent calls from several threads and
     * processes.
     *
     * @param folder the copy; created if missing
     */
    public static void copyTo(Path folder) {
        try {
            var prepared = prepared();
            try (var paths = Files.walk(prepared)) {
                for (var path : paths.toList()) {
                    copy(path, prepared.relativize(path), folder);
                }
            }
            // New folders get default permissions, with which PostgreSQL refuses to start.
            Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path source, Path relative, Path folder) throws IOException {
        var copy = folder.resolve(relative.toString());
        if (Files.isDirectory(source)) {
            Files.createDirectories(copy);
        } else if (relative.toString().startsWith("binaries-")) {
            link(source, copy);
        } else {
            Files.copy(source, copy);
        }
    }

    /** Links a file, which is faster than a copy; copies it if the folders are on different file systems. */
    private static void link(Path source, Path link) throws IOException {
        try {
            Files.createLink(link, source);
        } catch (FileSystemException otherFileSystem) {
            Files.copy(source, link);
        }
    }

    private static synchronized Path prepared() throws IOException {
        var target = target();
        var ready = target.resolve("prepared-postgresql");
        try (var lock = FileChannel.open(
                target.resolve("prepared-postgresql.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock(); // until the channel is closed
            if (!Files.isDirectory(ready)) {
                var unfinished = target.resolve("prepared-postgresql.unfinished");
                FileSystemUtils.deleteRecursively(unfinished);
                prepare(unfinished);
                Files.delete(unfinished.resolve("port")); // or all copies would try the same port first
                Files.move(unfinished, ready, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return ready;
    }

    private static void prepare(Path folder) {
        try (var server = EmbeddedDatabase.start(folder);
                var connection = DriverManager.getConnection(TestServer.jdbcUrl(server, server.database()));
                var statement = connection.createStatement()) {
            // Only a crash of the server itself could lose a commit then, and tests of that do not use this folder.
            statement.execute("ALTER ROLE " + server.user() + " SET synchronous_commit = off");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** This class is in {@code target/classes}, or in a jar in {@code target}. */
    static Path target() {
        try {
            return Path.of(PreparedServer.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
