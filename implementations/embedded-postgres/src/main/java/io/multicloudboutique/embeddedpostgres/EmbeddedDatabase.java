package io.multicloudboutique.embeddedpostgres;

import io.multicloudboutique.embeddedpostgres.PostgresBinaries.Outcome;
import io.multicloudboutique.support.database.DatabaseUnavailable;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL for a local start, with its data in a folder.
 *
 * <p>What it acknowledged as committed survives restarts and {@code kill -9} of this JVM, of the server, and of both: {@code fsync} and
 * {@code synchronous_commit} are on. It listens on 127.0.0.1 only, over TCP only, with a password that is kept in the folder, readable by
 * its owner alone. Text is UTF-8, ordered by code point, and time is UTC, whatever the machine's locale and time zone.
 *
 * <p>One JVM at a time uses a folder. The server is detached from the terminal, so that Ctrl-C reaches this JVM only: it can close its
 * pools before {@link #close()} stops the server. There is no shutdown hook in here, because hooks run at the same time as those that
 * close the pools: whoever starts the database closes it, last. A server that a killed JVM left behind is stopped by the next start.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    /** The role, a superuser of this server, and the database that it owns. */
    private static final String NAME = "boutique";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** Replaying the log after a crash is part of a start: at most 1 GB of it, on a slow disk. */
    private static final String START_SECONDS = "300";

    /** How long a start is repeated whose obstacle may pass by itself. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String UNFINISHED = "initdb-";

    private static final String OWN_DATABASE = "set DATABASE_URL to a PostgreSQL of your own";
    private static final String OTHER_FOLDER = "choose another folder with BOUTIQUE_DATA_DIR, or " + OWN_DATABASE + ".";

    /** Beside the file lock: within one JVM, closing any channel of a file drops the JVM's lock on it. */
    private static final Set<Path> foldersOfThisJvm = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path data;
    private final FileChannel lock;
    private PostgresBinaries binaries;
    private int port;
    private String password;
    private boolean closed;

    private EmbeddedDatabase(Path folder, FileChannel lock) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.lock = lock;
    }

    /**
     * Starts the server and returns when it answers. The first start in a folder unpacks PostgreSQL and initialises the data (about 3 s),
     * later ones take less than a second; after a crash it also replays the log, for at most 300 s.
     *
     * @param folder where everything is kept; created if missing
     * @return the running database; the caller closes it
     * @throws DatabaseUnavailable if there can be no server: the folder cannot be used, is in use by another process, the platform is not
     *     supported, or PostgreSQL does not start
     */
    public static EmbeddedDatabase start(Path folder) {
        return start(folder, DefaultPostgresBinaryResolver.INSTANCE);
    }

    static EmbeddedDatabase start(Path folder, PgBinaryResolver resolver) {
        long begin = System.nanoTime();
        EmbeddedDatabase database = occupy(folder.toAbsolutePath().normalize());
        try {
            database.open(resolver);
        } catch (IOException e) {
            database.close();
            throw unusable(database.folder, e);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
        log.info(
                "PostgreSQL answers on 127.0.0.1:{} after {} ms, data in {}",
                database.port,
                (System.nanoTime() - begin) / 1_000_000,
                database.folder);
        return database;
    }

    /** The TCP port on 127.0.0.1, 1–65535: the one of the last start, unless another program has taken it since. */
    public int port() {
        return port;
    }

    /** The role to log in as. */
    public String user() {
        return NAME;
    }

    /** That role's password: other users of this machine can reach the port too. Not for logs. */
    public String password() {
        return password;
    }

    /** The name of the database: it exists. */
    public String database() {
        return NAME;
    }

    /**
     * The URL of one of the server's databases, as {@code DATABASE_URL} takes it. It contains the password: not for logs.
     *
     * @param name the database, such as {@link #database()}
     */
    public String url(String name) {
        return "postgresql://" + NAME + ":" + password + "@127.0.0.1:" + port + "/" + name + "?sslmode=disable";
    }

    /**
     * Stops the server within seconds, even with clients connected: their open transactions are rolled back, what was committed stays.
     * Repeated calls do nothing. Never throws; a server that will not stop is logged, and the next start sees to it.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (binaries != null) {
                stopServer();
            }
        } catch (IOException | DatabaseUnavailable e) {
            log.error("PostgreSQL in {} may still be running: {}", folder, e.getMessage());
        } finally {
            release(folder, lock);
        }
    }

    // The folder

    private static EmbeddedDatabase occupy(Path wanted) {
        Path folder = wanted;
        try {
            Files.createDirectories(wanted);
            folder = wanted.toRealPath();
            refuseUnusable(folder);
        } catch (IOException e) {
            throw unusable(wanted, e);
        }
        if (!foldersOfThisJvm.add(folder)) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel lock = null;
        try {
            Path file = folder.resolve("lock");
            lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw inUse(folder, Files.readString(file).strip());
            }
            lock.truncate(0);
            lock.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new EmbeddedDatabase(folder, lock);
        } catch (IOException e) {
            release(folder, lock);
            throw unusable(folder, e);
        } catch (RuntimeException e) {
            release(folder, lock);
            throw e;
        }
    }

    private static void release(Path folder, FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            log.debug("Could not close the lock of {}", folder, e);
        } finally {
            foldersOfThisJvm.remove(folder);
        }
    }

    private static void refuseUnusable(Path folder) throws IOException {
        // pg_ctl hands the path to a shell, in double quotes.
        if (folder.toString().matches("(?s).*[\"$`\\\\\\n].*")) {
            throw new DatabaseUnavailable(
                    "The path of the database folder %s has a character that PostgreSQL's tools cannot handle (\" $ ` \\): %s"
                            .formatted(folder, OTHER_FOLDER));
        }
        Path probe = Files.createTempFile(folder, "probe", null);
        UserPrincipal user = Files.getOwner(probe);
        Files.delete(probe);
        Path data = folder.resolve("data");
        if (Files.exists(data) && !Files.getOwner(data).equals(user)) {
            // Root could write here, but leave files that the owner cannot use.
            throw new DatabaseUnavailable(
                    "The database folder %s belongs to user %s, and this program runs as %s: start it as %s, or %s"
                            .formatted(folder, Files.getOwner(data), user, Files.getOwner(data), OTHER_FOLDER));
        }
    }

    private static DatabaseUnavailable inUse(Path folder, String process) {
        return new DatabaseUnavailable("The database folder %s is in use by process %s: stop that, or %s"
                .formatted(folder, process.isEmpty() ? "(unknown)" : process, OTHER_FOLDER));
    }

    private static DatabaseUnavailable unusable(Path folder, IOException e) {
        // A FileSystemException's message is often the path alone: its class says what happened to it.
        String reason = e instanceof FileSystemException
                ? e.getClass().getSimpleName() + ": " + e.getMessage()
                : e.getMessage();
        return new DatabaseUnavailable(
                "The database folder %s cannot be used (%s): make it writable for user %s, or %s"
                        .formatted(folder, reason, System.getProperty("user.name"), OTHER_FOLDER),
                e);
    }

    // The server

    private void open(PgBinaryResolver resolver) throws IOException {
        binaries = PostgresBinaries.unpackedIn(folder, resolver);
        Path passwordFile = folder.resolve("password");
        if (!Files.isDirectory(data)) {
            initialise(passwordFile);
        }
        password = Files.readString(passwordFile).strip();
        startServer();
        createDatabase();
        removeUnfinished();
        binaries.removeOthers(folder);
    }

    /**
     * Initialises beside the final place and renames: data that is there is complete. The name is new each time, since an initdb whose
     * JVM was killed may still be writing.
     */
    private void initialise(Path passwordFile) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(random));
        Path fresh = Files.createTempDirectory(folder, UNFINISHED);
        // PostgreSQL's own locale: the same order and case rules on every system, without asking the C library for a
        // locale.
        Outcome initdb = binaries.run(
                "initdb",
                "-D",
                fresh.toString(),
                "--username=" + NAME,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--text-search-config=simple",
                "--no-instructions");
        if (!initdb.ok()) {
            PostgresBinaries.delete(fresh);
            throw failed("PostgreSQL could not initialise its data", initdb.output(), "");
        }
        force(passwordFile);
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        // Else a power cut could undo the renaming, and with it what was committed since.
        force(folder);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void startServer() throws IOException {
        Path portFile = folder.resolve("port");
        Path serverLog = folder.resolve("server.log");
        if (Files.exists(serverLog)) {
            Files.move(serverLog, folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(serverLog);
        long begin = System.nanoTime();
        while (true) {
            stopServer();
            port = freePort(portFile);
            // On the command line, because there they prevail over anything in the data folder.
            Outcome start = binaries.run(
                    "pg_ctl",
                    "start",
                    "-D",
                    data.toString(),
                    "-l",
                    serverLog.toString(),
                    "-w",
                    "-t",
                    START_SECONDS,
                    "-o",
                    "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=150"
                            + " -c fsync=on -c full_page_writes=on -c synchronous_commit=on -c timezone=UTC -c log_timezone=UTC");
            if (start.ok()) {
                Files.writeString(portFile, Integer.toString(port));
                return;
            }
            // Two obstacles pass: a port taken since it was found free, and processes of a killed server that still
            // hold its memory.
            if (System.nanoTime() - begin > TIMEOUT.toNanos()) {
                throw failed(
                        "PostgreSQL did not start",
                        Files.readString(serverLog) + "\n" + start.output(),
                        " (its log: " + serverLog + ")");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("The start of the database was interrupted.", e);
        }
    }

    private static int freePort(Path portFile) throws IOException {
        if (Files.exists(portFile)) {
            try (ServerSocket kept = new ServerSocket(
                    Integer.parseInt(Files.readString(portFile).strip()), 1, InetAddress.getByAddress(LOOPBACK))) {
                return kept.getLocalPort();
            } catch (IOException | IllegalArgumentException e) {
                log.debug("The port in {} is taken, or none", portFile, e);
            }
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return free.getLocalPort();
        }
    }

    /**
     * Stops this folder's server if one runs: ours, or what a killed JVM left. pg_ctl is not asked whether it runs, since it takes any
     * process with the number in {@code postmaster.pid} for the server, and would signal a stranger.
     */
    private void stopServer() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> process = processIn(pidFile);
        Optional<ProcessHandle> server = process.filter(this::isFromThisFolder);
        if (server.isEmpty()) {
            // Of a server that is gone. It must not stay: with an innocent process's number in it, or with none,
            // PostgreSQL refuses to start.
            Files.deleteIfExists(pidFile);
            return;
        }
        Outcome stop = binaries.run("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "10");
        if (!stop.ok() && server.get().isAlive()) {
            // As safe as a power cut: the next start replays the log.
            stop = binaries.run("pg_ctl", "stop", "-D", data.toString(), "-m", "immediate", "-w", "-t", "10");
        }
        if (!stop.ok() && server.get().isAlive()) {
            throw new DatabaseUnavailable(
                    "PostgreSQL, process %d, does not stop: end it with kill -9 %1$d and start again."
                            .formatted(server.get().pid()));
        }
    }

    private static Optional<ProcessHandle> processIn(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        } catch (NumberFormatException torn) {
            return Optional.empty();
        }
    }

    private boolean isFromThisFolder(ProcessHandle process) {
        return process.info()
                .command()
                .filter(program -> Path.of(program).startsWith(folder))
                .isPresent();
    }

    private void createDatabase() {
        try {
            connect(NAME).close();
        } catch (SQLException e) {
            if (!"3D000".equals(e.getSQLState())) {
                throw new DatabaseUnavailable(
                        "PostgreSQL started but refuses to serve (%s): see %s, or %s."
                                .formatted(e.getMessage(), folder.resolve("server.log"), OWN_DATABASE),
                        e);
            }
            try (Connection connection = connect("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + NAME);
            } catch (SQLException creation) {
                throw new DatabaseUnavailable(
                        "PostgreSQL could not create the database %s (%s): see %s, or %s."
                                .formatted(NAME, creation.getMessage(), folder.resolve("server.log"), OWN_DATABASE),
                        creation);
            }
        }
    }

    private Connection connect(String name) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(name);
        source.setUser(NAME);
        source.setPassword(password);
        return source.getConnection();
    }

    private void removeUnfinished() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(child -> child.getFileName().toString().startsWith(UNFINISHED))
                    .forEach(PostgresBinaries::delete);
        }
    }

    private static DatabaseUnavailable failed(String what, String output, String where) {
        if (output.contains("cannot be run as root")) {
            return new DatabaseUnavailable(
                    "PostgreSQL refuses to run as root, and this machine does not allow user namespaces (unshare -U): start this program as another user, or %s."
                            .formatted(OWN_DATABASE));
        }
        String reason = output.lines()
                .filter(line -> line.contains("FATAL:") || line.contains("error:") || line.contains("PANIC:"))
                .reduce((first, last) -> last)
                .orElseGet(() -> output.lines().reduce((first, last) -> last).orElse("no message"));
        return new DatabaseUnavailable(
                "%s: %s%s. If this does not help, %s".formatted(what, reason.strip(), where, OTHER_FOLDER));
    }
}
