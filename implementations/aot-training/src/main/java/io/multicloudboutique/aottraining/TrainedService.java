package io.multicloudboutique.aottraining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A service that runs for its training, in a process of its own, on 127.0.0.1. */
final class TrainedService implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    /** The JVM writes the cache before it exits. */
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int REPETITIONS = 5;

    /** How often each request is sent. The second POST of an item that names its id fails, so that errors are trained, too. */
    private static final int ROUNDS = 2;

    /** The exit code of a JVM after SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final String url;
    private final Path output;

    private TrainedService(Process process, String url, Path output) {
        this.process = process;
        this.url = url;
        this.output = output;
    }

    /**
     * Starts a service.
     *
     * @param folder the folder in which the command runs
     * @param output the file for what the service prints
     */
    static TrainedService start(Path folder, List<String> command, String databaseUrl, Path output) {
        try {
            int port = freePort();
            String url = "http://127.0.0.1:" + port;
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "DATABASE_URL",
                            databaseUrl,
                            "BIND_ADDRESS",
                            "127.0.0.1",
                            "PORT",
                            Integer.toString(port),
                            "MANAGEMENT_PORT",
                            "0",
                            // Services work without their upstream. This one answers, with 404, so that they also call
                            // it.
                            "INVENTORY_SERVICE_URL",
                            url,
                            "CRM_SERVICE_URL",
                            url));
            return new TrainedService(builder.start(), url, output);
        } catch (IOException e) {
            throw new TrainingFailed("The service cannot be started: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    void awaitReady() {
        long begin = System.nanoTime();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw failed("The service exited with " + process.exitValue() + " instead of becoming ready");
            }
            if (System.nanoTime() - begin > START_TIMEOUT.toNanos()) {
                throw failed("The service did not become ready within " + START_TIMEOUT.toSeconds() + " seconds");
            }
            pause();
        }
    }

    private boolean isReady() {
        try {
            return send("GET", "/readyz", Optional.empty()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Sends each request that {@link Operations} finds in the contract that the service serves. */
    void sendRequests() {
        Operations operations = Operations.of(JsonMapper.shared()
                .readTree(answer("GET", "/openapi.json", Optional.empty()).body()));
        answer("GET", "/openapi.yaml", Optional.empty());
        for (int round = 0; round < ROUNDS; round++) {
            operations.call((method, path, body) -> location(answer(method, path, body)));
        }
    }

    private static Optional<String> location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .map(location -> response.uri().resolve(location).getRawPath());
    }

    /** Repeats a request that the service could not handle in time, because the machine that builds the image may be busy. */
    private HttpResponse<String> answer(String method, String path, Optional<String> body) {
        try {
            HttpResponse<String> response = send(method, path, body);
            for (int repetition = 1; response.statusCode() == 503 && repetition <= REPETITIONS; repetition++) {
                pause();
                response = send(method, path, body);
            }
            if (response.statusCode() >= 500) {
                throw failed("%s %s returned %d: %s".formatted(method, path, response.statusCode(), response.body()));
            }
            return response;
        } catch (IOException e) {
            throw failed("%s %s got no answer (%s)".formatted(method, path, e));
        }
    }

    private HttpResponse<String> send(String method, String path, Optional<String> body) throws IOException {
        BodyPublisher publisher = body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(REQUEST_TIMEOUT)
                .method(method, publisher);
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        if (method.equals("POST")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailed("The training was interrupted.", e);
        }
    }

    /** Sends SIGTERM and returns when the JVM has written the cache and has exited. */
    void terminate() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw failed("The service did not exit within " + STOP_TIMEOUT.toSeconds() + " seconds after SIGTERM");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailed("The training was interrupted.", e);
        }
        if (process.exitValue() != TERMINATED) {
            throw failed("After SIGTERM, the service exited with %d instead of %d"
                    .formatted(process.exitValue(), TERMINATED));
        }
    }

    private TrainingFailed failed(String reason) {
        try {
            return new TrainingFailed(reason + ". Its output:\n" + Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailed("The training was interrupted.", e);
        }
    }

    /** Ends the process if the training failed. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
