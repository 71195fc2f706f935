package io.multicloudboutique.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A service in a JVM of its own, for tests that run several instances or kill an instance. */
public final class ServiceProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

    private final String name;
    private final Process process;
    private final URI url;

    private ServiceProcess(String name, Process process, URI url) {
        this.name = name;
        this.process = process;
        this.url = url;
    }

    /** Starts the service on a free port and returns when it accepts requests. */
    public static ServiceProcess start(Class<?> application, String name, TestDatabase database, String... settings) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                application.getName(),
                "--server.address=127.0.0.1",
                "--server.port=0"));
        for (var setting : settings) {
            command.add("--" + setting);
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DATABASE_URL", database.url());
        try {
            var process = builder.start();
            var output = process.inputReader();
            var seen = new StringBuilder();
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                seen.append(line).append('\n');
                var started = STARTED.matcher(line);
                if (started.find()) {
                    drain(output);
                    return new ServiceProcess(name, process, URI.create("http://127.0.0.1:" + started.group(1)));
                }
            }
            throw new IllegalStateException("The service did not start:\n" + seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drain(BufferedReader output) {
        var reader = new Thread(() -> output.lines().forEach(line -> {}), "service-output");
        reader.setDaemon(true);
        reader.start();
    }

    public ContractClient client() {
        return ContractClient.of(name, url);
    }

    /** Kills the service as {@code kill -9} does, and waits until its process has ended. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
