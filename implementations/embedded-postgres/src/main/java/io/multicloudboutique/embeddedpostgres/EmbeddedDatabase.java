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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server that this JVM starts, with its data in a folder.
 *
 * <p>Committed transactions survive a restart, and a {@code kill -9} of this JVM, of the server, or of both, because
 * {@code fsync} and {@code synchronous_commit} are on. The server listens only on 127.0.0.1, over TCP. It requires a
 * password, which is stored in the folder in a file that only its owner can read. Text is UTF-8 and ordered by code
 * point, and times are UTC, independent of the machine's locale and time zone.
 *
 * <p>If the server's process ends, this class starts it again, with the same port and data.
 *
 * <p>Only one JVM at a time can use a folder. The server is detached from the terminal, so Ctrl-C reaches only this
 * JVM, which can then close its connection pools before {@link #close()} stops the server. This class registers no
 * shutdown hook, because the JVM runs all hooks at the same time, including the hooks that close the pools. The code
 * that starts the database must close it after everything else. If a JVM is killed and leaves its server running, the
 * next start stops that server.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    /** The name of the role and of the database. The role is a superuser of this server and owns the database. */
    private static final String NAME = "boutique";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /**
     * The maximum duration of a start. After a crash, a start replays up to 1 GB of write-ahead log, possibly from a
     * slow disk.
     */
    private static final String START_SECONDS = "300";

    /** The time during which a failed start is retried, because the cause of the failure may be temporary. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String UNFINISHED = "initdb-";

    private static final Pattern MISSING_LIBRARY = Pattern.compile("(\\S+): cannot open shared object file");

    private static final String OWN_DATABASE = "set DATABASE_URL to your own PostgreSQL";
    private static final String OTHER_FOLDER = "choose another folder with BOUTIQUE_DATA_DIR, or " + OWN_DATABASE + ".";

    /**
     * The folders that this JVM uses. The file lock protects a folder only against other JVMs: if a second start in
     * this JVM opened and closed the lock file, it would release the lock of the first start.
     */
    private static final Set<Path> foldersOfThisJvm = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path data;
    private final FileChannel lock;
    private PostgresBinaries binaries;
    private int port;
    private String password;
    private boolean closed;
    private final CompletableFuture<DatabaseUnavailable> failure = new CompletableFuture<>();

    private EmbeddedDatabase(Path folder, FileChannel lock) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.lock = lock;
    }

    /**
     * Starts the server and returns when it accepts connections. The first start in a folder unpacks PostgreSQL and
     * initialises the data, which takes about 3 s. Later starts take less than a second. After a crash, a start also
     * replays the write-ahead log, for at most 300 s.
     *
     * @param folder the folder for all files of the server; created if missing
     * @return the running database, which the caller must close
     * @throws DatabaseUnavailable if the folder cannot be used or is in use by another process, if the platform is not
     *     supported, or if PostgreSQL does not start
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
                "PostgreSQL accepts connections on 127.0.0.1:{} after {} ms, data in {}",
                database.port,
                (System.nanoTime() - begin) / 1_000_000,
                database.folder);
        return database;
    }

    /**
     * Returns the TCP port on 127.0.0.1, 1–65535. It is the port of the previous start, unless another program uses
     * that port now.
     */
    public int port() {
        return port;
    }

    /** Returns the name of the role to log in with. */
    public String user() {
        return NAME;
    }

    /**
     * Returns the password of the role. The server needs a password, because other users of this machine can reach its
     * port, too. Must not be logged.
     */
    public String password() {
        return password;
    }

    /** Returns the name of the database, which already exists. */
    public String database() {
        return NAME;
    }

    /**
     * Returns the URL of one of the server's databases, in the form of {@code DATABASE_URL}. It contains the password,
     * so it must not be logged.
     *
     * @param name the name of the database, such as {@link #database()}
     */
    public String url(String name) {
        return "postgresql://" + NAME + ":" + password + "@127.0.0.1:" + port + "/" + name + "?sslmode=disable";
    }

    /**
     * Calls the action if the server has ended and cannot be started again.
     *
     * @param action receives the reason, in one line
     */
    public void onFailure(Consumer<DatabaseUnavailable> action) {
        failure.thenAccept(action);
    }

    /**
     * Stops the server within seconds, even if clients are connected, and rolls back their open transactions. Repeated
     * calls do nothing. Never throws: if the server does not stop, an error is logged, and the next start tries again.
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
            log.error("Could not stop PostgreSQL in {}, which may still be running: {}", folder, e.getMessage());
        } finally {
            release(folder, lock);
        }
    }

    private static EmbeddedDatabase occupy(Path wanted) {
        Path folder = wanted;
        try {
            Files.createDirectories(wanted);
            folder = wanted.toRealPath();
            requireUsable(folder);
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

    private static void requireUsable(Path folder) throws IOException {
        // pg_ctl passes the path to a shell in double quotes.
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
            // Root could write here, but would create files that the owner cannot use.
            throw new DatabaseUnavailable(
                    "The database folder %s belongs to user %s, but this program runs as %s: run it as %s, %s"
                            .formatted(folder, Files.getOwner(data), user, Files.getOwner(data), OTHER_FOLDER));
        }
    }

    private static DatabaseUnavailable inUse(Path folder, String process) {
        return new DatabaseUnavailable("The database folder %s is in use by process %s: stop that process, %s"
                .formatted(folder, process.isEmpty() ? "(unknown)" : process, OTHER_FOLDER));
    }

    private static DatabaseUnavailable unusable(Path folder, IOException e) {
        // The message of a FileSystemException is often only the path. The class name states the reason.
        String reason = e instanceof FileSystemException
                ? e.getClass().getSimpleName() + ": " + e.getMessage()
                : e.getMessage();
        return new DatabaseUnavailable(
                "The database folder %s cannot be used (%s): make it writable for user %s, %s"
                        .formatted(folder, reason, System.getProperty("user.name"), OTHER_FOLDER),
                e);
    }

    private void open(PgBinaryResolver resolver) throws IOException {
        binaries = PostgresBinaries.unpackedIn(folder, resolver);
        Path passwordFile = folder.resolve("password");
        if (!Files.isDirectory(data)) {
            initialise(passwordFile);
        }
        password = Files.readString(passwordFile).strip();
        startServer(false);
        createDatabase();
        removeUnfinished();
        binaries.removeOthers(folder);
    }

    /**
     * Initialises the data in a temporary folder and then renames the folder, so a data folder that exists is always
     * complete. Each attempt uses a new temporary name, because the initdb of a killed JVM may still be writing to the
     * previous folder.
     */
    private void initialise(Path passwordFile) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(random));
        Path fresh = Files.createTempDirectory(folder, UNFINISHED);
        // PostgreSQL's builtin locale has the same order and case rules on every system, and does not depend on the C
        // library.
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
                // More iterations would protect a password that can be guessed, but this one has 128 random bits. With
                // the
                // default, every new connection would compute 4096 hashes.
                "--set=scram_iterations=1",
                // Files of 4 MB instead of 16 MB: at this size of a database, most of its disk space would be empty
                // log.
                "--wal-segsize=4",
                "--no-instructions");
        if (!initdb.ok()) {
            PostgresBinaries.delete(fresh);
            throw failed("PostgreSQL could not initialise its data", initdb.output(), "");
        }
        force(passwordFile);
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        // Without this, a power failure could undo the renaming and lose all later commits.
        force(folder);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** @param samePort whether clients know the port already, so that the server must not use another one */
    private void startServer(boolean samePort) throws IOException {
        Path portFile = folder.resolve("port");
        Path serverLog = folder.resolve("server.log");
        if (Files.exists(serverLog)) {
            Files.move(serverLog, folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(serverLog);
        long begin = System.nanoTime();
        while (true) {
            stopServer();
            if (!samePort) {
                port = freePort(portFile);
            }
            // Settings on the command line override the configuration files in the data folder.
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
                restartAtExit();
                return;
            }
            // Two causes are temporary: another program has taken the port since it was found free, or processes of a
            // killed server still hold its shared memory.
            if (System.nanoTime() - begin > TIMEOUT.toNanos()) {
                throw failed(
                        "PostgreSQL did not start",
                        Files.readString(serverLog) + "\n" + start.output(),
                        " (its log: " + serverLog + ")");
            }
            pause();
        }
    }

    /**
     * Starts the server again on the same port whenever its process ends. PostgreSQL itself survives the end of any
     * other of its processes.
     */
    private void restartAtExit() throws IOException {
        ProcessHandle server = processIn(data.resolve("postmaster.pid"))
                .orElseThrow(() -> new DatabaseUnavailable("PostgreSQL ended right after its start."));
        server.onExit().thenRunAsync(this::restart, task -> {
            Thread thread = new Thread(task, "restart-postgresql");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void restart() {
        try {
            synchronized (this) {
                if (closed) {
                    return;
                }
                log.warn("PostgreSQL in {} has ended unexpectedly and is started again", folder);
                startServer(true);
                log.warn("PostgreSQL accepts connections on 127.0.0.1:{} again", port);
            }
        } catch (IOException e) {
            failure.complete(unusable(folder, e));
        } catch (DatabaseUnavailable e) {
            failure.complete(e);
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
            try (ServerSocket previous = new ServerSocket(
                    Integer.parseInt(Files.readString(portFile).strip()), 1, InetAddress.getByAddress(LOOPBACK))) {
                return previous.getLocalPort();
            } catch (IOException | IllegalArgumentException e) {
                log.debug("The port in {} is in use or not valid", portFile, e);
            }
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return free.getLocalPort();
        }
    }

    /**
     * Stops this folder's server if one is running, even if a killed JVM started it. This method does not use pg_ctl to
     * find out whether the server is running, because pg_ctl would assume that any process with the id in
     * {@code postmaster.pid} is the server, and could stop an unrelated process.
     */
    private void stopServer() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> process = processIn(pidFile);
        Optional<ProcessHandle> server = process.filter(this::isFromThisFolder);
        if (server.isEmpty()) {
            // The server of this pid file no longer exists. PostgreSQL does not start if the file contains the id of an
            // unrelated process, or no id.
            Files.deleteIfExists(pidFile);
            return;
        }
        Outcome stop = binaries.run("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "10");
        if (!stop.ok() && server.get().isAlive()) {
            // An immediate stop is as safe as a power failure: the next start replays the write-ahead log.
            stop = binaries.run("pg_ctl", "stop", "-D", data.toString(), "-m", "immediate", "-w", "-t", "10");
        }
        if (!stop.ok() && server.get().isAlive()) {
            throw new DatabaseUnavailable(
                    "PostgreSQL (process %d) does not stop: end it with kill -9 %1$d, then start again."
                            .formatted(server.get().pid()));
        }
    }

    private static Optional<ProcessHandle> processIn(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        } catch (NumberFormatException incomplete) {
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
                        "PostgreSQL started but rejects connections (%s): see %s, or %s."
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

    private static DatabaseUnavailable failed(String failure, String output, String logHint) {
        if (output.contains("cannot be run as root")) {
            return new DatabaseUnavailable(
                    "PostgreSQL does not run as root, and this machine does not allow user namespaces (unshare -U): run this program as another user, or %s."
                            .formatted(OWN_DATABASE));
        }
        Matcher missing = MISSING_LIBRARY.matcher(output);
        if (missing.find()) {
            return new DatabaseUnavailable(
                    "PostgreSQL needs the library %s, which this system lacks: install it, or %s."
                            .formatted(missing.group(1), OWN_DATABASE));
        }
        String reason = output.lines()
                .filter(line -> line.contains("FATAL:") || line.contains("error:") || line.contains("PANIC:"))
                .reduce((first, last) -> last)
                .orElseGet(() -> output.lines().reduce((first, last) -> last).orElse("no message"));
        return new DatabaseUnavailable(
                "%s: %s%s. If you cannot fix the cause, %s".formatted(failure, reason.strip(), logHint, OTHER_FOLDER));
    }
}
