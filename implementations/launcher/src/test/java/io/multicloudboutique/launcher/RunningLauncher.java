package io.multicloudboutique.launcher;

import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.PreparedServer;
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

/** The launcher in a JVM of its own, as people start it. What is public is for the tests of the client SDK, too. */
public final class RunningLauncher implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final Process process;
    private final int portBase;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<Void> up = new CompletableFuture<>();
    private final CompletableFuture<String> errors;

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

    /** Starts it with these settings and nothing else of the test's environment that it would read. */
    static RunningLauncher start(int portBase, Path dataFolder, Map<String, String> further) {
        return start(further(Integer.toString(portBase), dataFolder, further), portBase);
    }

    /** Starts it on a new folder and returns when all is up; with service names, only these services. */
    static RunningLauncher up(int portBase, Path dataFolder, String... services) {
        PreparedServer.copyTo(dataFolder.resolve("postgresql"));
        return up(start(further(Integer.toString(portBase), dataFolder, Map.of()), portBase, services));
    }

    /** Starts it on a new folder with these settings and returns when all is up. */
    public static RunningLauncher up(int portBase, Path dataFolder, Map<String, String> further) {
        PreparedServer.copyTo(dataFolder.resolve("postgresql"));
        return up(start(portBase, dataFolder, further));
    }

    /** Starts it on a folder as it is, empty or left by an earlier start, and returns when all is up. */
    static RunningLauncher upOn(Path dataFolder, int portBase) {
        return up(start(portBase, dataFolder, Map.of()));
    }

    private static RunningLauncher up(RunningLauncher launcher) {
        try {
            CompletableFuture.anyOf(launcher.up, launcher.process.onExit())
                    .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (RuntimeException late) {
            launcher.close();
            throw late;
        }
        if (!launcher.up.isDone()) {
            throw new IllegalStateException("The launcher ended:\n" + launcher.output + launcher.errors.join());
        }
        return launcher;
    }

    /** Waits until food and accounting reach their upstream services: on a busy machine, their first calls exceed the timeout of one second. */
    public RunningLauncher awaitUpstreams() {
        await().atMost(TIMEOUT)
                .until(() -> asks(Service.FOOD, "/food", "/inventoryCheck/checked")
                        && asks(Service.ACCOUNTING, "/transactions", "/crmIntegration/connected"));
        return this;
    }

    private boolean asks(Service service, String list, String answered) {
        return client(service).get(list).expect(200).json().at(answered).asBoolean();
    }

    static RunningLauncher start(String portBase, Path dataFolder, String... services) {
        return start(further(portBase, dataFolder, Map.of()), 0, services);
    }

    private static Map<String, String> further(String portBase, Path dataFolder, Map<String, String> further) {
        var settings = new HashMap<>(further);
        settings.put("BOUTIQUE_PORT_BASE", portBase);
        settings.put("BOUTIQUE_DATA_DIR", dataFolder.toString());
        return settings;
    }

    private static RunningLauncher start(Map<String, String> settings, int portBase, String... services) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
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

    /** The first of seven ports that are free now. */
    public static int freePortBase() {
        for (int attempt = 0; attempt < 100; attempt++) {
            // Below the ports that the system hands out to connections.
            var base = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (sevenAreFree(base)) {
                return base;
            }
        }
        throw new IllegalStateException("No seven free ports in a row");
    }

    private static boolean sevenAreFree(int base) {
        for (int port = base; port <= base + 6; port++) {
            try (var free = listen(port)) {
                free.getLocalPort();
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
    }

    private static void inBackground(Runnable task) {
        var thread = new Thread(task, "output of a launcher");
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

    /** Asks it to stop, as SIGTERM does. */
    void terminate() {
        process.destroy();
    }

    /** Ends it as {@code kill -9} does, and returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Its exit code, once it has ended by itself. */
    int exitCode() {
        return process.onExit()
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    /** All that it said on standard error, once it has ended. */
    String errors() {
        return errors.join();
    }

    /** An orderly end, so that its database ends too; force if that fails. */
    @Override
    public void close() {
        terminate();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        kill();
    }
}
