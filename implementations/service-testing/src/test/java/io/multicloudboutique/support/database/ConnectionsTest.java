package io.multicloudboutique.support.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.testing.DatabaseRelay;
import io.multicloudboutique.testing.RunningService;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ConnectionsTest {

    private static final int SIZE = 4;

    @RegisterExtension
    static final RunningService service = RunningService.of(EmptyService.class, "food");

    @Test
    void aWarmUpThatFailsLeavesAllPlacesInThePoolsUsable() throws Exception {
        var settings = new R2dbcProperties.Pool();
        settings.setInitialSize(SIZE);
        settings.setMaxSize(SIZE);
        settings.setMaxAcquireTime(Duration.ofMillis(2500));
        settings.setMaxValidationTime(Duration.ofSeconds(1));
        try (var relay = new DatabaseRelay(service.database().url());
                var connections =
                        new Connections(DatabaseUrl.parse(relay.url()), "food", settings, ObservationRegistry.NOOP)) {
            relay.fallSilent();
            connections.warmUp().block(Duration.ofSeconds(10));
            relay.speakAgain();

            acquire(connections, Pool.REQUESTS, SIZE);
            acquire(connections, Pool.BATCHES, 2);
            acquire(connections, Pool.HEALTH, 1);
        }
    }

    private static void acquire(Connections connections, Pool pool, int places) {
        var all = Flux.range(0, places)
                .flatMap(place -> pool.use(connections.create()))
                .collectList()
                .block(Duration.ofSeconds(10));
        assertThat(all).hasSize(places);
        Flux.fromIterable(all).flatMap(Connection::close).then(Mono.empty()).block();
    }
}
