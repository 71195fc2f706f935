package io.multicloudboutique.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, on a free port of 127.0.0.1. */
final class ServerProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final int TAIL_BYTES = 4000;

    private final Process process;
    private final int port;
    private final Duration startTime;
    private volatile byte[] lastOutput = new byte[0];

    private ServerProcess(Process process, int port, long begin, String readyPath) {
        this.process = process;
        this.port = port;
        Thread reader = new Thread(this::readOutput, "output");
        reader.setDaemon(true);
        reader.start();
        try {
            awaitReady(url() + readyPath, begin);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        this.startTime = Duration.ofNanos(System.nanoTime() - begin);
    }

    /**
     * Starts a server and returns when it has answered a GET with 200.
     *
     * @param environment added to the environment of this program, and to {@code PORT}
     * @throws BenchmarkFailure if the server ends or does not answer in time
     */
    static ServerProcess start(Path folder, Map<String, String> environment, List<String> command, String readyPath) {
        try {
            int port = freePort();
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            builder.environment().put("PORT", Integer.toString(port));
            long begin = System.nanoTime();
            return new ServerProcess(builder.start(), port, begin, readyPath);
        } catch (IOException e) {
            throw new BenchmarkFailure(
                    "%s cannot be started: %s. See the requirements in implementations/benchmarks/README.md."
                            .formatted(command.get(0), e.getMessage()),
                    e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(String url, long begin) {
        while (!answers(url)) {
            if (!process.isAlive() || System.nanoTime() - begin > START_TIMEOUT.toNanos()) {
                throw new BenchmarkFailure("A server did not start:\n" + lastOutput());
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchmarkFailure("The start of a server was interrupted.", e);
            }
        }
    }

    private static boolean answers(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(10_000);
            try (InputStream body = connection.getInputStream()) {
                body.readAllBytes();
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Reads blocks instead of lines, so that this program uses little CPU time while a service logs each request. */
    private void readOutput() {
        byte[] block = new byte[64 * 1024];
        try (InputStream output = process.getInputStream()) {
            for (int read = output.read(block); read >= 0; read = output.read(block)) {
                int kept = Math.min(read, TAIL_BYTES);
                byte[] before = lastOutput;
                int old = Math.min(before.length, TAIL_BYTES - kept);
                byte[] tail = new byte[old + kept];
                System.arraycopy(before, before.length - old, tail, 0, old);
                System.arraycopy(block, read - kept, tail, old, kept);
                lastOutput = tail;
            }
        } catch (IOException closed) {
            // close() ends the process and thereby its output.
        }
    }

    /** Returns the end of what the server has printed. */
    String lastOutput() {
        return new String(lastOutput, StandardCharsets.UTF_8).strip();
    }

    /** Returns the address without a slash at its end. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    ProcessTree tree() {
        return new ProcessTree(process.pid());
    }

    /** Returns the time from the start of the process to its first answer with 200. */
    Duration startTime() {
        return startTime;
    }

    /** Ends the process, by force if it takes longer than ten seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
