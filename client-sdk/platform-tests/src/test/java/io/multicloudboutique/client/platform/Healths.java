package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.client.Health;
import io.multicloudboutique.client.HealthStatus;
import io.multicloudboutique.client.ServiceClient;
import java.util.List;

/** Checks the health operations of a service. */
final class Healths {

    private Healths() {}

    static void assertHealthy(ServiceClient client, String service) {
        assertThat(List.of(client.getHealth(), client.getLiveness(), client.getReadiness()))
                .allMatch(health -> health.status() == HealthStatus.HEALTHY)
                .extracting(Health::service)
                .containsOnly(service);
    }
}
