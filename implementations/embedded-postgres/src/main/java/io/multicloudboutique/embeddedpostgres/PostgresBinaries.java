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
 * Unpacks PostgreSQL's programs from the class path into a folder, and runs them.
 *
 * <p>The programs are next to the data, not in {@code java.io.tmpdir}, for several reasons. Other users could create
 * files in {@code /tmp} in advance, and this class would execute them. A cleanup of {@code /tmp} could delete files of
 * a running server. {@code /tmp} may be mounted {@code noexec}. Two users could need the same path. In addition, the
 * path of a running program shows whether its process belongs to this folder.
 *
 * <p>Callers must hold the folder's lock.
 */
final class PostgresBinaries {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final String UNPACKED = "binaries-";
    private static final String UNFINISHED = "unpacking-";
    private static final List<String> CPP_LIBRARIES = List.of("libstdc++.so.6", "libgcc_s.so.1");

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /**
     * Finds the programs for this platform on the class path. Unpacks them, unless an earlier start has already done
     * so.
     *
     * @throws DatabaseUnavailable if the class path has no programs for this platform
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
            addMissingLibraries(unfinished);
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
                "This program was built without an embedded PostgreSQL for %s on %s: set DATABASE_URL to your own PostgreSQL, or build the program on this machine."
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
                            "The archive of PostgreSQL's programs has an entry outside the target folder: "
                                    + entry.getName());
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

    /**
     * Adds C++ libraries from the class path, if it contains them and this system lacks them, as minimal container images
     * do. PostgreSQL's programs find them beside their own.
     */
    private static void addMissingLibraries(Path home) throws IOException {
        if (new PostgresBinaries(home).run("postgres", "--version").ok()) {
            return;
        }
        for (String library : CPP_LIBRARIES) {
            try (InputStream content = PostgresBinaries.class.getResourceAsStream("/postgresql-libraries/" + library)) {
                if (content != null) {
                    Files.copy(content, home.resolve("lib").resolve(library));
                }
            }
        }
    }

    /**
     * Removes the programs of other versions, and the incomplete folders of killed starts. No server of another version
     * may be running.
     */
    void removeOthers(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (name.startsWith(UNFINISHED)) {
                    delete(child);
                } else if (name.startsWith(UNPACKED) && !child.equals(home)) {
                    // Renamed first, because a half-deleted folder with its own name would look complete.
                    delete(Files.move(child, folder.resolve(UNFINISHED + name), StandardCopyOption.ATOMIC_MOVE));
                }
            }
        }
    }

    /** Deletes as much of a folder as possible. Remaining files only use disk space, and the next start tries again. */
    static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            log.debug("Could not remove {}", tree, e);
        }
    }

    /** The exit status and the output of a program. */
    record Outcome(int status, String output) {

        boolean ok() {
            return status == 0;
        }
    }

    /**
     * Runs a program and waits until it ends. An interrupt does not end the wait, because the server could then be left
     * running. The thread is marked as interrupted afterwards.
     *
     * @throws IOException if the program cannot be executed
     */
    Outcome run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL does not run as root. In its own user namespace it has another user id, while its files still
            // belong to root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The user's locale and settings for psql (PGPORT, PGOPTIONS, ...) must not affect the server.
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
