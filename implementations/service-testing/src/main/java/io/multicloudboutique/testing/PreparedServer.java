package io.multicloudboutique.testing;

import io.multicloudboutique.embeddedpostgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
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
            FileSystemUtils.copyRecursively(prepared(), folder);
            // The copy of a folder gets default permissions, with which PostgreSQL refuses to start.
            Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                EmbeddedDatabase.start(unfinished).close();
                Files.move(unfinished, ready, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return ready;
    }

    /** This class is in {@code target/classes}, or in a jar in {@code target}. */
    private static Path target() {
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
