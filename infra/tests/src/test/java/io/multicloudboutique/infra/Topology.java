package io.multicloudboutique.infra;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.multicloudboutique.launcher.RunningLauncher;
import io.multicloudboutique.testing.ContractClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;

/**
 * The topology of compose.yaml with fresh data. It uses its own project name and ports, so it can run next to a
 * developer's topology.
 */
final class Topology implements AutoCloseable {

    static final List<String> SERVICES = List.of("analytics", "crm", "inventory", "furniture", "food", "accounting");

    /** The published port of each service. The inventory publishes none, because only food may reach it. */
    static final Map<String, Integer> PUBLISHED = published(RunningLauncher.freePortBase());

    private static final String PROJECT = "boutique-infra-tests";
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> ENVIRONMENT = new HashMap<>();

    private final List<GenericContainer<?>> guests = new ArrayList<>();
    private final GenericContainer<?> relay;

    private Topology() {
        compose("up", "-d", "--no-build");
        relay = guest("inventory", "public", "inventory");
    }

    private static Map<String, Integer> published(int base) {
        return Map.of(
                "analytics",
                base + 1,
                "crm",
                base + 2,
                "furniture",
                base + 4,
                "food",
                base + 5,
                "accounting",
                base + 6);
    }

    /** Starts the topology. Returns when all services are ready, and food and accounting reach their upstreams. */
    static Topology up() {
        buildImages();
        compose("down", "--volumes");
        var topology = new Topology();
        try {
            topology.awaitReady();
        } catch (RuntimeException | Error late) {
            System.err.println(compose("logs", "--no-color").output());
            topology.close();
            throw late;
        }
        return topology;
    }

    /** Builds the images of all services on the first call; later calls do nothing. */
    static synchronized void buildImages() {
        if (!ENVIRONMENT.isEmpty()) {
            return;
        }
        Command.run("infra/passwords").orFail().output().lines().forEach(line -> {
            var pair = line.split("=", 2);
            ENVIRONMENT.put(pair[0], pair[1]);
        });
        ENVIRONMENT.put("POSTGRES_IMAGE", PostgresImage.name());
        PUBLISHED.forEach(
                (service, port) -> ENVIRONMENT.put(service.toUpperCase(Locale.ROOT) + "_PORT", Integer.toString(port)));
        if (isVersion2()) {
            compose("build");
        } else {
            compose("build", "--parallel"); // version 2 builds in parallel by default
        }
    }

    void awaitReady() {
        SERVICES.forEach(service -> await(service).atMost(TIMEOUT).until(() -> isReady(service)));
        await("food reaches the inventory")
                .atMost(TIMEOUT)
                .until(() -> client("food")
                        .get("/food")
                        .expect(200)
                        .json()
                        .at("/inventoryCheck/checked")
                        .asBoolean());
        await("accounting reaches the CRM")
                .atMost(TIMEOUT)
                .until(() -> client("accounting")
                        .get("/transactions")
                        .expect(200)
                        .json()
                        .at("/crmIntegration/connected")
                        .asBoolean());
    }

    private boolean isReady(String service) throws InterruptedException {
        var state = inspect(service).getState();
        if (!Boolean.TRUE.equals(state.getRunning())) {
            throw new IllegalStateException(service + " exited with code " + state.getExitCodeLong());
        }
        try {
            var request =
                    HttpRequest.newBuilder(url(service).resolve("/readyz")).timeout(Duration.ofSeconds(5));
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * The URL at which this machine reaches a service. The URL of the inventory is the URL of the relay, which forwards
     * requests to it.
     */
    URI url(String service) {
        var port = service.equals("inventory") ? relay.getMappedPort(8080) : PUBLISHED.get(service);
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The container that forwards requests to the inventory. It is in the networks public and inventory. */
    GenericContainer<?> relay() {
        return relay;
    }

    ContractClient client(String service) {
        return ContractClient.of(service, url(service));
    }

    /** Sends SIGTERM to all these services at once and returns when they have exited. */
    void stop(List<String> services) {
        var arguments = new ArrayList<>(List.of("stop"));
        arguments.addAll(services);
        compose(arguments.toArray(String[]::new));
    }

    void start(List<String> services) {
        var arguments = new ArrayList<>(List.of("start"));
        arguments.addAll(services);
        compose(arguments.toArray(String[]::new));
        awaitReady();
    }

    InspectContainerResponse inspect(String service) {
        return DockerClientFactory.instance()
                .client()
                .inspectContainerCmd(id(service))
                .exec();
    }

    String log(String service) {
        return compose("logs", "--no-color", "--timestamps", service).output();
    }

    String id(String service) {
        // Includes stopped containers, which only one of the major versions of `compose ps` lists.
        var found = DockerClientFactory.instance()
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("com.docker.compose.project", PROJECT, "com.docker.compose.service", service))
                .exec();
        if (found.size() != 1) {
            throw new IllegalStateException("Expected one container of " + service + ", found " + found.size());
        }
        return found.get(0).getId();
    }

    /** The addresses of a service, one for each of its networks. */
    List<String> addresses(String service) {
        return inspect(service).getNetworkSettings().getNetworks().values().stream()
                .map(network -> network.getIpAddress())
                .toList();
    }

    /** Starts a container in these networks that forwards connections to this host. The host need not exist. */
    GenericContainer<?> guest(String host, String... networks) {
        // Uses a service's image, which is certain to exist, and replaces its program.
        var guest = new GenericContainer<>("boutique-food")
                .withCopyToContainer(
                        MountableFile.forClasspathResource("io/multicloudboutique/infra/Relay.class"),
                        "/guest/io/multicloudboutique/infra/Relay.class")
                .withExposedPorts(8080)
                .withNetworkMode(PROJECT + "_" + networks[0])
                .withCreateContainerCmdModifier(
                        create -> create.withEntrypoint("java", "-cp", "/guest", Relay.class.getName(), host));
        guest.start();
        guests.add(guest);
        Arrays.stream(networks)
                .skip(1)
                .forEach(network -> DockerClientFactory.instance()
                        .client()
                        .connectToNetworkCmd()
                        .withNetworkId(PROJECT + "_" + network)
                        .withContainerId(guest.getContainerId())
                        .exec());
        return guest;
    }

    /** Whether a program in this container can connect to the host and port. */
    static boolean reaches(GenericContainer<?> guest, String host, int port) {
        try {
            return guest.execInContainer("java", "-cp", "/guest", Relay.class.getName(), host, Integer.toString(port))
                            .getExitCode()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        guests.forEach(GenericContainer::stop);
        compose("down", "--volumes");
    }

    private static Command.Result compose(String... arguments) {
        var command = new ArrayList<>(isVersion2() ? List.of("docker", "compose") : List.of("docker-compose"));
        command.addAll(List.of("--project-name", PROJECT, "--file", "infra/compose.yaml"));
        command.addAll(List.of(arguments));
        return Command.run(ENVIRONMENT, command).orFail();
    }

    private static boolean isVersion2() {
        return Command.run("docker", "compose", "version").exitCode() == 0;
    }
}
