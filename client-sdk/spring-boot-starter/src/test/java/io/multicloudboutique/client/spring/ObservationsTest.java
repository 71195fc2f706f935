package io.multicloudboutique.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.TimeoutException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The client in an application with the metrics and the tracing that Spring Boot configures. */
class ObservationsTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BoutiqueClientAutoConfiguration.class));
    private final ApplicationContextRunner measured = application
            .withConfiguration(
                    AutoConfigurations.of(MetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class);

    private static ApplicationContextRunner with(LocalService service, ApplicationContextRunner application) {
        return application.withPropertyValues("boutique.client.inventory.url=" + service.url());
    }

    @Test
    void eachAttemptIsTimed() {
        try (var service = new LocalService(503)) {
            with(service, measured).run(context -> {
                context.getBean(BoutiqueClient.class).inventory().getProduct("A");

                var meters = context.getBean(MeterRegistry.class);
                assertThat(attempts(meters, "1", "503", "SERVER_ERROR").count()).isEqualTo(1);
                assertThat(attempts(meters, "2", "200", "SUCCESS").count()).isEqualTo(1);
                assertThat(meters.find("boutique.client.attempts").timers()).hasSize(2);
            });
        }
    }

    @Test
    void failedAttemptsAreTimed() {
        var never = new CountDownLatch(1);
        try (var returning404 = new LocalService(404);
                var silent = new LocalService(never::await)) {
            with(returning404, measured).run(context -> {
                assertThatThrownBy(() -> context.getBean(BoutiqueClient.class)
                                .inventory()
                                .getProduct("A"))
                        .isInstanceOf(NotFoundException.class);
                assertThat(attempts(context.getBean(MeterRegistry.class), "1", "404", "CLIENT_ERROR")
                                .count())
                        .isEqualTo(1);
            });
            with(silent, measured)
                    .withPropertyValues("boutique.client.attempt-timeout=200ms", "boutique.client.max-retries=0")
                    .run(context -> {
                        assertThatThrownBy(() -> context.getBean(BoutiqueClient.class)
                                        .inventory()
                                        .getProduct("A"))
                                .isInstanceOf(TimeoutException.class);
                        assertThat(attempts(context.getBean(MeterRegistry.class), "1", "none", "UNKNOWN")
                                        .getId()
                                        .getTag("error"))
                                .isEqualTo("HttpTimeoutException");
                    });
        }
    }

    private static Timer attempts(MeterRegistry meters, String attempt, String status, String outcome) {
        return meters.get("boutique.client.attempts")
                .tags("service", "inventory", "operation", "getProduct", "method", "GET")
                .tags("attempt", attempt, "status", status, "outcome", outcome)
                .timer();
    }

    @Test
    void tagsDoNotContainIds() {
        try (var service = new LocalService()) {
            with(service, measured).run(context -> {
                for (var i = 0; i < 20; i++) {
                    context.getBean(BoutiqueClient.class).inventory().getProduct("A" + i);
                }

                assertThat(context.getBean(MeterRegistry.class)
                                .find("boutique.client.attempts")
                                .timers())
                        .hasSize(1);
            });
        }
    }

    @Test
    void aPropertyDisablesTheObservations() {
        try (var service = new LocalService()) {
            with(service, measured)
                    .withPropertyValues("management.observations.enable.boutique=false")
                    .run(context -> {
                        context.getBean(BoutiqueClient.class).inventory().getProduct("A");

                        assertThat(context.getBean(MeterRegistry.class)
                                        .find("boutique.client.attempts")
                                        .timers())
                                .isEmpty();
                    });
        }
    }

    @Test
    void theTraceContinuesInTheService() {
        try (var service = new LocalService(503)) {
            with(service, application)
                    .withConfiguration(AutoConfigurations.of(
                            ObservationAutoConfiguration.class,
                            MicrometerTracingAutoConfiguration.class,
                            BraveAutoConfiguration.class))
                    .run(context -> {
                        var boutique = context.getBean(BoutiqueClient.class);
                        Observation.createNotStarted("order", context.getBean(ObservationRegistry.class))
                                .observe(() -> {
                                    boutique.inventory().getProduct("A");
                                });
                    });

            var parents = service.headers("traceparent");
            assertThat(parents).hasSize(2).allMatch(parent -> parent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]"));
            // All attempts belong to one trace, and each attempt has its own span.
            assertThat(parents.stream().map(parent -> parent.substring(0, 35)).distinct())
                    .hasSize(1);
            assertThat(parents).doesNotHaveDuplicates();
        }
    }

    @Test
    void theClientWorksWithoutAnObservationRegistry() {
        try (var service = new LocalService()) {
            with(service, application).run(context -> {
                assertThat(context).doesNotHaveBean(BoutiqueClientCustomizer.class);
                context.getBean(BoutiqueClient.class).inventory().getProduct("A");
            });
        }
    }

    @Test
    void theClientWorksWithoutMicrometer() {
        try (var service = new LocalService()) {
            with(service, measured)
                    .withClassLoader(new FilteredClassLoader("io.micrometer"))
                    .run(context -> {
                        assertThat(context).hasNotFailed().doesNotHaveBean(BoutiqueClientCustomizer.class);
                        assertThat(context.getBean(BoutiqueClient.class)
                                        .inventory()
                                        .getProduct("A")
                                        .name())
                                .isEqualTo("Lamp");
                    });
        }
    }
}
