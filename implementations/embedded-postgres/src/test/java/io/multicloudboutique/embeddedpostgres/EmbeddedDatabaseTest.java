package io.multicloudboutique.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multicloudboutique.support.database.DatabaseUnavailable;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class EmbeddedDatabaseTest {

    /** The tag of tests that get an empty folder. */
    private static final String NEW_FOLDER = "new-folder";

    /**
     * A folder whose database was started and stopped once. Most tests use a copy of it, which is faster than a first
     * start.
     */
    @TempDir
    static Path prepared;

    @TempDir
    Path temporary;

    Path folder;
    final List<EmbeddedDatabase> started = new ArrayList<>();
    final List<Process> programs = new ArrayList<>();

    @BeforeAll
    static void prepare() {
        EmbeddedDatabase.start(prepared).close();
    }

    @BeforeEach
    void prepareFolder(TestInfo test) throws IOException {
        folder = temporary.resolve("it's a folder");
        if (test.getTags().contains(NEW_FOLDER)) {
            Files.createDirectory(folder);
            return;
        }
        try (Stream<Path> paths = Files.walk(prepared)) {
            for (Path path : paths.toList()) {
                Path copy = folder.resolve(prepared.relativize(path));
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                        && prepared.relativize(path).toString().startsWith("binaries-")) {
                    Files.createLink(copy, path);
                } else {
                    Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
        // With the port of the prepared folder, a test could take the port of another one between two starts.
        Files.delete(folder.resolve("port"));
    }

    @AfterEach
    void stopAllProcesses() throws Exception {
        for (Process program : programs) {
            program.destroyForcibly().waitFor();
        }
        started.forEach(EmbeddedDatabase::close);
        Optional<ProcessHandle> remaining = server();
        if (remaining.isPresent()
                && remaining
                        .get()
                        .info()
                        .command()
                        .orElse("")
                        .startsWith(folder.toRealPath().toString())) {
            remaining.get().destroyForcibly();
            remaining.get().onExit().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theServerIsDurableLocalAndIndependentOfTheMachine() throws Exception {
        try (Connection connection = connect(start(folder))) {
            assertAll(
                    () -> assertEquals("on", text(connection, "SHOW fsync")),
                    () -> assertEquals("on", text(connection, "SHOW synchronous_commit")),
                    () -> assertEquals("on", text(connection, "SHOW full_page_writes")),
                    () -> assertEquals("127.0.0.1", text(connection, "SHOW listen_addresses")),
                    () -> assertEquals("", text(connection, "SHOW unix_socket_directories")),
                    () -> assertEquals("150", text(connection, "SHOW max_connections")),
                    () -> assertEquals("UTC", text(connection, "SHOW log_timezone")),
                    () -> assertEquals("UTF8", text(connection, "SHOW server_encoding")),
                    () -> assertEquals(
                            "b C.UTF-8",
                            text(
                                    connection,
                                    "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()")),
                    // Text is ordered by code point, and the case rules include letters outside ASCII.
                    () -> assertEquals(
                            "Z,a,É",
                            text(
                                    connection,
                                    "SELECT string_agg(t, ',' ORDER BY t) FROM unnest(ARRAY['a', 'É', 'Z']) t")),
                    () -> assertEquals("é", text(connection, "SELECT lower('É')")));
        }
    }

    @Test
    void connectingNeedsThePasswordWhichOnlyItsOwnerCanRead() throws Exception {
        EmbeddedDatabase database = start(folder);
        SQLException rejected = assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(url(database), database.user(), "guessed")
                        .close());
        assertEquals("28P01", rejected.getSQLState());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))));
    }

    @Test
    void dataPortAndPasswordSurviveARestart() throws Exception {
        EmbeddedDatabase first = start(folder);
        execute(first, "CREATE TABLE kept AS SELECT 'here' AS value");
        first.close();

        EmbeddedDatabase second = start(folder);

        assertEquals(first.port(), second.port());
        assertEquals(first.password(), second.password());
        try (Connection connection = connect(second)) {
            assertEquals("here", text(connection, "SELECT value FROM kept"));
        }
    }

    @Test
    void aDroppedDatabaseIsCreatedAgain() throws Exception {
        EmbeddedDatabase first = start(folder);
        try (Connection connection = DriverManager.getConnection(
                        url(first).replace("/boutique", "/postgres"), first.user(), first.password());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE boutique");
        }
        first.close();

        try (Connection connection = connect(start(folder))) {
            assertEquals("boutique", text(connection, "SELECT current_database()"));
        }
    }

    enum Victim {
        PROGRAM,
        SERVER,
        BOTH
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgedInsertsSurviveKill9Of(Victim victim) throws Exception {
        Process program = program("insert");
        BufferedReader output = program.inputReader(UTF_8);
        Set<String> acknowledged = new HashSet<>();
        assertEquals("ready", output.readLine());
        while (acknowledged.size() < 50) {
            acknowledged.add(output.readLine());
        }

        ProcessHandle server = server().orElseThrow();
        if (victim != Victim.PROGRAM) {
            server.destroyForcibly();
        }
        if (victim != Victim.SERVER) {
            program.toHandle().destroyForcibly(); // Process.destroyForcibly would close the output before it is read.
        }
        output.lines().filter(line -> line.matches("\\d+")).forEach(acknowledged::add);
        program.destroyForcibly().waitFor();

        long begin = System.nanoTime();
        EmbeddedDatabase database = start(folder);
        assertTrue(System.nanoTime() - begin < 10_000_000_000L, "the start took 10 seconds or longer");
        try (Connection connection = connect(database)) {
            Set<String> found =
                    new HashSet<>(Arrays.asList(text(connection, "SELECT string_agg(id::text, ',') FROM acknowledged")
                            .split(",")));
            acknowledged.removeAll(found);
            assertEquals(Set.of(), acknowledged, "acknowledged but lost ids");
        }
        assertEnds(server);
    }

    @Test
    void aSecondProgramInTheSameFolderIsRejectedAndTheFirstKeepsRunning() throws Exception {
        EmbeddedDatabase database = start(folder);
        try (Connection connection = connect(database)) {
            Process other = program("once");
            String output = new String(other.getInputStream().readAllBytes(), UTF_8);

            assertNotEquals(0, other.waitFor());
            assertTrue(
                    output.contains(
                            "is in use by process " + ProcessHandle.current().pid() + ":"),
                    output);
            assertEquals("1", text(connection, "SELECT 1"));
        }
    }

    @Test
    void aSecondStartInTheSameProgramIsRejectedAndKeepsTheLock() throws Exception {
        start(folder);

        DatabaseUnavailable rejected = assertThrows(DatabaseUnavailable.class, () -> start(folder));

        assertTrue(
                rejected.getMessage()
                        .contains("is in use by process "
                                + ProcessHandle.current().pid()),
                rejected.getMessage());
        Process other = program("once");
        assertTrue(new String(other.getInputStream().readAllBytes(), UTF_8).contains("is in use by process"));
    }

    @Test
    void aPortThatAnotherProgramUsesIsReplaced() throws Exception {
        EmbeddedDatabase first = start(folder);
        first.close();
        try (ServerSocket otherProgram =
                new ServerSocket(first.port(), 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            EmbeddedDatabase second = start(folder);

            assertNotEquals(otherProgram.getLocalPort(), second.port());
            connect(second).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"of an unrelated process", "of a dead process", "incomplete"})
    void aStalePidFileDoesNotPreventAStart(String kind) throws Exception {
        Process unrelated = new ProcessBuilder("cat").start();
        programs.add(unrelated);
        if (kind.equals("of a dead process")) {
            unrelated.destroyForcibly().waitFor();
        }
        Path data = folder.toRealPath().resolve("data");
        Files.writeString(
                data.resolve("postmaster.pid"),
                kind.equals("incomplete")
                        ? ""
                        : unrelated.pid() + "\n" + data + "\n1\n5432\n\n127.0.0.1\n0 0\nready\n");

        EmbeddedDatabase database = start(folder);
        connect(database).close();
        database.close();

        assertEquals(!kind.equals("of a dead process"), unrelated.isAlive());
    }

    /** Kills the first start as soon as a folder with this prefix appears, so that the folder stays incomplete. */
    @Tag(NEW_FOLDER)
    @ParameterizedTest
    @ValueSource(strings = {"unpacking-", "initdb-"})
    void aStartAfterAKilledFirstStartSucceeds(String unfinished) throws Exception {
        Process program;
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            program = program("insert");
            awaitName(watch, unfinished);
        }
        program.destroyForcibly().waitFor();
        assertFalse(Files.exists(folder.resolve("data")), "the program was killed too late for this test");

        EmbeddedDatabase database = start(folder);

        connect(database).close();
        try (Stream<Path> children = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    children.filter(child -> child.getFileName().toString().startsWith("unpacking-"))
                            .toList());
        }
    }

    @Test
    void binariesOfAnotherVersionAreRemoved() throws Exception {
        Path other =
                Files.createDirectories(folder.resolve("binaries-0badc0de/bin")).getParent();

        connect(start(folder)).close();

        assertFalse(Files.exists(other));
    }

    @Test
    void closingStopsTheServerWhileClientsAreConnectedAndCanBeRepeated() throws Exception {
        EmbeddedDatabase database = start(folder);
        ProcessHandle server = server().orElseThrow();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE pending (id int)");

            assertTimeout(Duration.ofSeconds(5), database::close);
            database.close();

            assertEnds(server);
            assertThrows(SQLException.class, connection::commit);
        }
    }

    @Test
    void aKilledServerIsStartedAgainOnTheSamePortWithItsData() throws Exception {
        EmbeddedDatabase database = start(folder);
        execute(database, "CREATE TABLE kept AS SELECT 7 AS id");
        int port = database.port();

        for (int kill = 0; kill < 2; kill++) {
            ProcessHandle server = server().orElseThrow();
            server.destroyForcibly();
            server.onExit().get(10, TimeUnit.SECONDS);
            assertEquals("7", textWithin(Duration.ofSeconds(20), database, "SELECT id FROM kept"));
        }

        assertEquals(port, database.port());
        ProcessHandle last = server().orElseThrow();
        database.close();
        assertEnds(last);
        assertEquals(Optional.empty(), server());
    }

    @Test
    void aServerThatCannotBeStartedAgainIsReportedInOneLine() throws Exception {
        EmbeddedDatabase database = start(folder);
        CompletableFuture<DatabaseUnavailable> failure = new CompletableFuture<>();
        database.onFailure(failure::complete);
        Files.writeString(folder.resolve("data/PG_VERSION"), "11\n");

        server().orElseThrow().destroyForcibly();

        assertOneLine("PostgreSQL did not start: ", () -> {
            throw failure.get(30, TimeUnit.SECONDS);
        });
    }

    @Test
    void closingAfterTheServerWasKilledReleasesTheFolder() throws Exception {
        EmbeddedDatabase first = start(folder);
        ProcessHandle server = server().orElseThrow();
        server.destroyForcibly();
        server.onExit().get(10, TimeUnit.SECONDS);

        first.close();

        connect(start(folder)).close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void afterCtrlCTheDatabaseRunsUntilTheProgramClosesIt() throws Exception {
        // The program runs in its own process group, as a shell would start it. SIGINT gets its default action, because
        // background processes ignore SIGINT, and the program would inherit this from tests that run in the background.
        Process program = program("wait", "setsid", "env", "--default-signal=INT");
        BufferedReader output = program.inputReader(UTF_8);
        assertEquals("ready", output.readLine());
        ProcessHandle server = server().orElseThrow();

        new ProcessBuilder("kill", "-s", "INT", "--", "-" + program.pid())
                .inheritIO()
                .start()
                .waitFor();

        assertEquals(List.of("1", "closed"), output.lines().toList());
        assertEnds(server);
        try (Connection connection = connect(start(folder))) {
            assertEquals("1", text(connection, "SELECT count(*) FROM acknowledged"));
        }
    }

    @Test
    void twoFoldersHaveTwoDatabasesAtTheSameTime() throws Exception {
        EmbeddedDatabase one = start(folder);
        EmbeddedDatabase two = start(temporary.resolve("another/one"));

        assertNotEquals(one.port(), two.port());
        assertNotEquals(one.password(), two.password());
        connect(one).close();
        connect(two).close();
    }

    @Tag(NEW_FOLDER)
    @Test
    void aFolderThatCannotBeCreatedIsReportedInOneLine() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        assertOneLine(
                "The database folder " + file.resolve("sub") + " cannot be used", () -> start(file.resolve("sub")));
        assertOneLine("The database folder " + file + " cannot be used", () -> start(file));
    }

    @Tag(NEW_FOLDER)
    @Test
    void aFolderThatIsNotWritableIsReportedInOneLine() throws Exception {
        if (isRoot()) { // root can write to every folder, but not below a file
            assertOneLine("Not a directory", () -> start(Path.of("/dev/null/folder")));
            return;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
        try {
            assertOneLine("AccessDeniedException", () -> start(folder));
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aFolderOfAnotherUserIsReportedInOneLineAndNotChanged() throws Exception {
        assumeTrue(isRoot(), "only root can change the owner of a folder");
        Files.setOwner(
                folder.resolve("data"),
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        Set<Path> before = children();

        assertOneLine("belongs to user nobody, but this program runs as root: run it as nobody", () -> start(folder));

        assertEquals(before, children());
    }

    @Tag(NEW_FOLDER)
    @Test
    void aPathWithShellCharactersIsRejected() {
        assertOneLine("has a character that PostgreSQL's tools cannot handle", () -> start(temporary.resolve("$HOME")));
    }

    @Test
    void aPlatformWithoutBinariesIsReportedInOneLineAndTheFolderIsReleased() throws Exception {
        PgBinaryResolver none = (system, machine) -> null;
        PgBinaryResolver missing = (system, machine) -> {
            throw new IllegalStateException("Missing embedded postgres binaries");
        };
        assertOneLine("set DATABASE_URL", () -> EmbeddedDatabase.start(folder, none));
        assertOneLine("set DATABASE_URL", () -> EmbeddedDatabase.start(folder, missing));
        connect(start(folder)).close();
    }

    @EnabledOnOs(OS.LINUX)
    @Tag(NEW_FOLDER)
    @Test
    void librariesThatTheSystemLacksComeFromTheClassPathOrAreNamed() throws Exception {
        String lacks = "#!/bin/sh\necho '%s: cannot open shared object file: No such file or directory'; exit 127";
        byte[] archive = archive(Map.of(
                "bin/postgres", lacks.formatted("libstdc++.so.6"),
                "bin/initdb", lacks.formatted("libother.so.1"),
                "lib/libpq.so", ""));

        assertOneLine(
                "PostgreSQL needs the library libother.so.1, which this system lacks: install it",
                () -> EmbeddedDatabase.start(folder, (system, machine) -> new ByteArrayInputStream(archive)));

        try (Stream<Path> files = Files.walk(folder)) {
            Path library = files.filter(file -> file.endsWith("lib/libstdc++.so.6"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("a library of the class path\n", Files.readString(library));
        }
    }

    private static byte[] archive(Map<String, String> programs) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            for (Map.Entry<String, String> program : programs.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(program.getKey());
                byte[] content = program.getValue().getBytes(UTF_8);
                entry.setMode(0755);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void dataThatPostgresqlRejectsIsReportedInOneLineWithTheReason() throws Exception {
        Files.writeString(folder.resolve("data/PG_VERSION"), "11\n");
        assertOneLine("PostgreSQL did not start: ", () -> start(folder));
    }

    private EmbeddedDatabase start(Path where) {
        EmbeddedDatabase database = EmbeddedDatabase.start(where);
        started.add(database);
        return database;
    }

    private Process program(String mode, String... prefix) throws IOException {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=quiet.xml",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProgram.class.getName(),
                mode,
                folder.toString()));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        programs.add(program);
        return program;
    }

    private static void awaitName(WatchService watch, String prefix) throws InterruptedException {
        while (true) {
            WatchKey key = watch.poll(30, TimeUnit.SECONDS);
            for (WatchEvent<?> event : key.pollEvents()) {
                if (event.context().toString().startsWith(prefix)) {
                    return;
                }
            }
            key.reset();
        }
    }

    private Optional<ProcessHandle> server() throws IOException {
        Path file = folder.resolve("data/postmaster.pid");
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0)));
    }

    /**
     * Waits for the process to end. pg_ctl only waits until the server removes its pid file, shortly before its process
     * ends.
     */
    private static void assertEnds(ProcessHandle server) throws Exception {
        server.onExit().get(5, TimeUnit.SECONDS);
    }

    private Set<Path> children() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return new HashSet<>(children.toList());
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void assertOneLine(String part, Executable start) {
        String message = assertThrows(DatabaseUnavailable.class, start).getMessage();
        assertAll(
                () -> assertTrue(message.contains(part), message),
                () -> assertTrue(message.contains("DATABASE_URL"), message),
                () -> assertEquals(1, message.lines().count(), message));
    }

    private static String url(EmbeddedDatabase database) {
        return "jdbc:postgresql://127.0.0.1:" + database.port() + "/" + database.database();
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(url(database), database.user(), database.password());
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Connects until the server answers. */
    private static String textWithin(Duration limit, EmbeddedDatabase database, String sql) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try (Connection connection = connect(database)) {
                return text(connection, sql);
            } catch (SQLException unavailable) {
                if (System.nanoTime() > end) {
                    throw unavailable;
                }
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
