package io.multicloudboutique.embeddedpostgres;

import io.multicloudboutique.support.database.DatabaseUnavailable;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path into a folder, and how to run them.
 *
 * <p>They live beside the data, not in {@code java.io.tmpdir}: what a stranger can create in advance must not be executed, tidiers of
 * {@code /tmp} must not take files from a running server, {@code /tmp} may be mounted {@code noexec}, and two users cannot collide.
 * The path of a process's program thereby also tells whether the process belongs to this folder.
 *
 * <p>Callers hold the folder's lock.
 */
final class PostgresBinaries {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final String UNPACKED = "binaries-";
    private static final String UNFINISHED = "unpacking-";

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /**
     * Finds this platform's programs on the class path and unpacks them, unless an earlier start did.
     *
     * @throws DatabaseUnavailable if the class path has none for this platform
     */
    static PostgresBinaries unpackedIn(Path folder, PgBinaryResolver resolver) throws IOException {
        CheckedInputStream archive = new CheckedInputStream(archive(resolver), new CRC32());
        try (archive) {
            archive.transferTo(OutputStream.nullOutputStream());
        }
        Path home = folder.resolve(UNPACKED
                + HexFormat.of().toHexDigits((int) archive.getChecksum().getValue()));
        if (!Files.isDirectory(home)) {
            Path unfinished = Files.createTempDirectory(folder, UNFINISHED);
            try (InputStream again = archive(resolver)) {
                unpack(again, unfinished);
            }
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(home);
    }

    private static InputStream archive(PgBinaryResolver resolver) throws IOException {
        String system = System.getProperty("os.name").replace("Mac OS X", "Darwin");
        String machine = System.getProperty("os.arch");
        InputStream archive;
        try {
            archive = resolver.getPgBinary(system, machine);
        } catch (IllegalStateException notFound) {
            throw unsupported(system, machine, notFound);
        }
        if (archive == null) {
            throw unsupported(system, machine, null);
        }
        return archive;
    }

    private static DatabaseUnavailable unsupported(String system, String machine, Throwable cause) {
        return new DatabaseUnavailable(
                "This program was built without an embedded PostgreSQL for %s on %s: set DATABASE_URL to a PostgreSQL of your own, or build it on this machine."
                        .formatted(system, machine),
                cause);
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(
                            "The archive of PostgreSQL's programs has an entry outside of it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, true)) {
                        throw new IOException("Cannot make " + path + " executable");
                    }
                }
            }
        }
    }

    /** Removes programs of other versions and what killed starts left unfinished. Only when no server runs. */
    void removeOthers(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (name.startsWith(UNFINISHED)) {
                    delete(child);
                } else if (name.startsWith(UNPACKED) && !child.equals(home)) {
                    // Renamed first: half deleted under its own name, it would pass for complete.
                    delete(Files.move(child, folder.resolve(UNFINISHED + name), StandardCopyOption.ATOMIC_MOVE));
                }
            }
        }
    }

    /** Deletes a tree as far as it can: what remains costs room, and the next start tries again. */
    static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            log.debug("Could not remove {}", tree, e);
        }
    }

    /** What a program said and how it ended. */
    record Outcome(int status, String output) {

        boolean ok() {
            return status == 0;
        }
    }

    /**
     * Runs a program to its end. An interrupt is kept for later: a stop half waited for would leave a server behind.
     *
     * @throws IOException if it cannot be executed
     */
    Outcome run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root. In a user namespace of its own it sees another number, while its files
            // stay root's.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Neither the person's locale nor settings meant for psql (PGPORT, PGOPTIONS, ...) may reach the server.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.startsWith("LANG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = waitFor(process);
        log.debug("{} {} ended with {}: {}", program, arguments, status, output);
        return new Outcome(status, output);
    }

    private static int waitFor(Process process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
