package io.multicloudboutique.infra;

import static io.multicloudboutique.infra.Topology.reaches;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Capability;
import io.multicloudboutique.launcher.FirstCommands;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.testcontainers.containers.GenericContainer;

/** The topology of compose.yaml: services respond, and isolated services are unreachable from other networks. */
@NeedsEngine
class TopologyTest {

    static final List<String> SERVICES = Topology.SERVICES;

    private static Topology topology;

    @BeforeAll
    static void up() {
        topology = Topology.up();
    }

    @AfterAll
    static void down() {
        if (topology != null) {
            topology.close();
        }
    }

    @Test
    void firstCommandsSucceedThroughThePublishedPorts() {
        FirstCommands.run(topology::url);
    }

    @Test
    void onlyPublicServicesAreReachableFromOutside() {
        var stranger = topology.guest("nobody", "public");
        for (var service : Topology.PUBLISHED.keySet()) {
            assertThat(reaches(stranger, service, 8080)).as(service).isTrue();
        }
        assertNotReached(stranger, "inventory", 8080);
        assertNotReached(stranger, "postgres", 5432);
    }

    @Test
    void onlyFoodSharesANetworkWithTheInventory() {
        var neighbour = topology.guest("nobody", "public", "analytics", "crm", "furniture");
        assertThat(reaches(neighbour, "postgres", 5432)).isTrue();
        assertNotReached(neighbour, "inventory", 8080);

        assertThat(inNetwork("inventory")).containsExactlyInAnyOrder("inventory", "food", "postgres");
        assertThat(inNetwork("crm")).containsExactlyInAnyOrder("crm", "accounting", "postgres");
        assertThat(reaches(topology.relay(), "inventory", 8080))
                .as("the relay, which is in the inventory's network, reaches the inventory")
                .isTrue();
    }

    @Test
    void onlyPublicServicesArePublishedAndOnlyOnLoopback() {
        for (var service : List.of("analytics", "crm", "inventory", "furniture", "food", "accounting", "postgres")) {
            var published = topology.inspect(service).getNetworkSettings().getPorts().getBindings().values().stream()
                    .filter(bindings -> bindings != null)
                    .flatMap(Arrays::stream)
                    .map(binding -> binding.getHostIp() + ":" + binding.getHostPortSpec())
                    .toList();
            assertThat(published)
                    .as(service)
                    .isEqualTo(
                            Topology.PUBLISHED.containsKey(service)
                                    ? List.of("127.0.0.1:" + Topology.PUBLISHED.get(service))
                                    : List.of());
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void eachServiceRunsUnprivilegedReadOnlyAndWithin512Megabytes(String service) {
        var container = topology.inspect(service);
        var limits = container.getHostConfig();
        assertThat(limits.getReadonlyRootfs()).isTrue();
        assertThat(container.getMounts()).as("writable mounts").isEmpty();
        assertThat(limits.getMemory()).isEqualTo(512L * 1024 * 1024);
        assertThat(limits.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(limits.getSecurityOpts()).contains("no-new-privileges:true");
        assertThat(container.getState().getOOMKilled()).isFalse();

        var process = Command.run("docker", "exec", topology.id(service), "cat", "/proc/1/status")
                .orFail()
                .output();
        assertThat(process).containsPattern("(?m)^Uid:\\s+10001\\s+10001\\s+10001\\s+10001$");
        assertThat(process).containsPattern("(?m)^CapEff:\\s+0+$").containsPattern("(?m)^NoNewPrivs:\\s+1$");
    }

    private static List<String> inNetwork(String network) {
        return Stream.concat(Topology.SERVICES.stream(), Stream.of("postgres"))
                .filter(service -> topology.inspect(service).getNetworkSettings().getNetworks().keySet().stream()
                        .anyMatch(name -> name.endsWith("_" + network)))
                .toList();
    }

    private static void assertNotReached(GenericContainer<?> guest, String service, int port) {
        assertThat(reaches(guest, service, port)).as(service + " by name").isFalse();
        for (var address : topology.addresses(service)) {
            assertThat(reaches(guest, address, port))
                    .as(service + " at " + address)
                    .isFalse();
        }
    }
}
