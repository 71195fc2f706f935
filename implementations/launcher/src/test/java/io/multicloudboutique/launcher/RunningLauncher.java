package io.multicloudboutique.launcher;

import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.GivenDatabase;
import io.multicloudboutique.testing.PreparedServer;
import io.multicloudboutique.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The launcher in a JVM of its own, started as a user starts it. The public members are also used by the tests of the
 * client SDK and of the infrastructure.
 */
public final class RunningLauncher implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final Process process;
    private final int portBase;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<Void> up = new CompletableFuture<>();
    private final CompletableFuture<String> errors;
    private @Nullable TestDatabase database;

    private RunningLauncher(Process process, int portBase) {
        this.process = process;
        this.portBase = portBase;
        inBackground(() -> process.inputReader().lines().forEach(line -> {
            output.append(line).append('\n');
            if (line.startsWith("Ctrl-C")) {
                up.complete(null);
            }
        }));
        errors = new CompletableFuture<>();
        inBackground(() ->
                errors.complete(String.join("\n", process.errorReader().lines().toList())));
    }

    /** Starts the launcher with these environment variables and without the test's own {@code DATABASE_URL}. */
    static RunningLauncher start(int portBase, Path dataFolder, Map<String, String> more) {
        return start(environment(Integer.toString(portBase), dataFolder, more), portBase);
    }

    /**
     * Starts the launcher on a new data folder and returns when it is up. Without service names, all services start.
     */
    static RunningLauncher up(int portBase, Path dataFolder, String... services) {
        return up(portBase, dataFolder, Map.of(), services);
    }

    /** Starts the launcher on a new data folder with these environment variables and returns when it is up. */
    public static RunningLauncher up(int portBase, Path dataFolder, Map<String, String> more) {
        return up(portBase, dataFolder, more, new String[0]);
    }

    private static RunningLauncher up(int portBase, Path dataFolder, Map<String, String> more, String... services) {
        var settings = environment(Integer.toString(portBase), dataFolder, more);
        if (!GivenDatabase.isSet()) {
            PreparedServer.copyTo(dataFolder.resolve("postgresql"));
            return up(start(settings, portBase, services));
        }
        var database =
                GivenDatabase.open(Stream.of(Service.values()).map(Service::id).toList());
        settings.put("DATABASE_URL", database.url());
        var launcher = start(settings, portBase, services);
        launcher.database = database;
        return up(launcher);
    }

    /**
     * Starts the launcher on a data folder that is empty or was left by an earlier start, and returns when it is up.
     */
    static RunningLauncher upOn(Path dataFolder, int portBase) {
        return up(start(portBase, dataFolder, Map.of()));
    }

    private static RunningLauncher up(RunningLauncher launcher) {
        try {
            CompletableFuture.anyOf(launcher.up, launcher.process.onExit())
                    .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (RuntimeException timeout) {
            launcher.close();
            throw timeout;
        }
        if (!launcher.up.isDone()) {
            launcher.close();
            throw new IllegalStateException(
                    "The launcher exited before it was up:\n" + launcher.output + launcher.errors.join());
        }
        return launcher;
    }

    /**
     * Waits until food and accounting reach their upstream services. On a busy machine, their first calls can exceed
     * the timeout of one second.
     */
    public RunningLauncher awaitUpstreams() {
        await().atMost(TIMEOUT)
                .until(() -> reachesUpstream(Service.FOOD, "/food", "/inventoryCheck/checked")
                        && reachesUpstream(Service.ACCOUNTING, "/transactions", "/crmIntegration/connected"));
        return this;
    }

    private boolean reachesUpstream(Service service, String list, String flag) {
        return client(service).get(list).expect(200).json().at(flag).asBoolean();
    }

    static RunningLauncher start(String portBase, Path dataFolder, String... services) {
        return start(environment(portBase, dataFolder, Map.of()), 0, services);
    }

    private static Map<String, String> environment(String portBase, Path dataFolder, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("BOUTIQUE_PORT_BASE", portBase);
        settings.put("BOUTIQUE_DATA_DIR", dataFolder.toString());
        return settings;
    }

    private static RunningLauncher start(Map<String, String> settings, int portBase, String... services) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add(Launcher.class.getName());
        command.addAll(List.of(services));
        var builder = new ProcessBuilder(command);
        builder.environment().remove("DATABASE_URL");
        builder.environment().putAll(settings);
        try {
            return new RunningLauncher(builder.start(), portBase);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a port base: all ports of the platform are free now. */
    public static int freePortBase() {
        for (int attempt = 0; attempt < 100; attempt++) {
            // All ports, also those of the metrics, are below the ephemeral ports that operating systems assign to
            // connections.
            var base = ThreadLocalRandom.current().nextInt(20_000, 31_000);
            if (allAreFree(base)) {
                return base;
            }
        }
        throw new IllegalStateException("Found no free port base");
    }

    private static boolean allAreFree(int base) {
        return isFree(base)
                && Stream.of(Service.values())
                        .allMatch(service -> isFree(service.port(base)) && isFree(service.managementPort(base)));
    }

    private static boolean isFree(int port) {
        try (var free = listen(port)) {
            return free.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
    }

    private static void inBackground(Runnable task) {
        var thread = new Thread(task, "launcher-output");
        thread.setDaemon(true);
        thread.start();
    }

    ContractClient client(Service service) {
        return ContractClient.of(service.id(), url(service));
    }

    URI url(Service service) {
        return URI.create("http://127.0.0.1:" + service.port(portBase));
    }

    URI page() {
        return URI.create("http://127.0.0.1:" + portBase);
    }

    public int portBase() {
        return portBase;
    }

    String output() {
        return output.toString();
    }

    /** Sends SIGTERM to the launcher. */
    void terminate() {
        process.destroy();
    }

    /** Kills the launcher as {@code kill -9} does, and waits until its process has ended. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Waits until the launcher exits by itself, and returns its exit code. */
    int exitCode() {
        return process.onExit()
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    /** Waits until the launcher exits, and returns its output on standard error. */
    String errors() {
        return errors.join();
    }

    /**
     * Sends SIGTERM, so that the embedded database stops, too. Kills the launcher if it has not exited after 30 seconds.
     */
    @Override
    public void close() {
        terminate();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        kill();
        if (database != null) {
            database.close();
        }
    }
}
