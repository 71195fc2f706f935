package io.multicloudboutique.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** A service in a JVM of its own, for tests that run several instances or kill an instance. */
public final class ServiceProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

    private final String name;
    private final Process process;
    private final URI url;
    private final Queue<String> output;

    private ServiceProcess(String name, Process process, URI url, Queue<String> output) {
        this.name = name;
        this.process = process;
        this.url = url;
        this.output = output;
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
            var seen = new ConcurrentLinkedQueue<String>();
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                seen.add(line);
                var started = STARTED.matcher(line);
                if (started.find()) {
                    collect(output, seen);
                    return new ServiceProcess(name, process, URI.create("http://127.0.0.1:" + started.group(1)), seen);
                }
            }
            throw new IllegalStateException("The service did not start:\n" + String.join("\n", seen));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(BufferedReader output, Queue<String> lines) {
        var reader = new Thread(() -> output.lines().forEach(lines::add), "service-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns the lines that the service has written to its console until now. */
    public List<String> output() {
        return List.copyOf(output);
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
