package io.multicloudboutique.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The log of the server, in which each line of the sessions of one application in one database has a prefix of its own.
 * Not thread-safe.
 */
final class ServerLog {

    private static final String PREFIX = "%p of %d/%a ";

    private final Path file;
    private final String prefix;

    /** @param application the name that the sessions have given themselves, such as the service's name */
    ServerLog(TestDatabase database, String application) {
        file = database.serverLog();
        prefix = "(?m)^\\d+ of " + Pattern.quote(database.name() + "/" + application) + " ";
        database.execute("ALTER SYSTEM SET log_line_prefix = '" + PREFIX + "'");
        database.execute("SELECT pg_reload_conf()");
        await("new log prefix")
                .atMost(Duration.ofSeconds(10))
                .until(() -> PREFIX.equals(prefixOfNewSessions(database)));
    }

    private static String prefixOfNewSessions(TestDatabase database) throws SQLException {
        try (var connection = database.connect();
                var result = connection.createStatement().executeQuery("SHOW log_line_prefix")) {
            result.next();
            return result.getString(1);
        }
    }

    /**
     * Returns a pattern for a line of these sessions.
     *
     * @param line a regular expression for what stands behind the prefix. A line of several lines continues with tabs.
     */
    Pattern pattern(String line) {
        return Pattern.compile(prefix + line);
    }

    /** Returns the current size in bytes. */
    long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text that was written when the log had this size, and later. */
    String since(long size) {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(size);
            var written = new byte[Math.toIntExact(log.length() - size)];
            log.readFully(written);
            return new String(written, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
