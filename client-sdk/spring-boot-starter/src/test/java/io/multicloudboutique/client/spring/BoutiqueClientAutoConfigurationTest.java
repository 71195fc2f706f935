package io.multicloudboutique.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.errors.ServerException;
import io.multicloudboutique.client.errors.TimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class BoutiqueClientAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BoutiqueClientAutoConfiguration.class));
    private final List<LocalService> services = new ArrayList<>();

    @AfterEach
    void close() {
        services.forEach(LocalService::close);
    }

    private LocalService service(Integer... statuses) {
        var service = new LocalService(statuses);
        services.add(service);
        return service;
    }

    private ApplicationContextRunner with(LocalService service) {
        return application.withPropertyValues("boutique.client.inventory.url=" + service.url());
    }

    @Test
    void urlsAndKeysAreReadFromProperties() {
        var service = service();
        with(service)
                .withPropertyValues(
                        "boutique.client.food.url=" + service.url() + "/food-service",
                        "boutique.client.food.api-key=for-food",
                        "boutique.client.api-key=for-all")
                .run(context -> {
                    var boutique = context.getBean(BoutiqueClient.class);
                    boutique.inventory().getProduct("A");
                    assertThatThrownBy(() -> boutique.food().getFoodItem(1)).isInstanceOf(ServerException.class);
                    assertThatThrownBy(boutique::crm)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("boutique.client.crm.url");
                });

        assertThat(service.requests())
                .extracting(request -> request.getRequestURI().getPath())
                .containsExactly("/inventory/A", "/food-service/food/1");
        assertThat(service.headers("X-API-Key")).containsExactly("for-all", "for-food");
    }

    @Test
    void urlsAndKeysAreReadFromTheEnvironment() {
        var service = service();
        Map<String, Object> environment = Map.of(
                "BOUTIQUE_CLIENT_INVENTORY_URL", service.url(), "BOUTIQUE_CLIENT_INVENTORY_API_KEY", "for-inventory");
        application
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource("systemEnvironment", environment)))
                .run(context ->
                        context.getBean(BoutiqueClient.class).inventory().getProduct("A"));

        assertThat(service.headers("X-API-Key")).containsExactly("for-inventory");
    }

    @Test
    void onePropertyConfiguresTheLocalPlatform() {
        var service = service();
        application
                .withPropertyValues(
                        "boutique.client.local=true",
                        // The inventory listens on the third port after the base port.
                        "boutique.client.local-port-base=" + (service.port() - 3),
                        "boutique.client.food.url=" + service.url())
                .run(context -> {
                    var boutique = context.getBean(BoutiqueClient.class);
                    assertThat(boutique.inventory().getProduct("A").name()).isEqualTo("Lamp");
                    assertThatThrownBy(() -> boutique.food().getFoodItem(1)).isInstanceOf(ServerException.class);
                });

        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void aPropertySetsTheNumberOfRetries() {
        var service = service(503, 503, 503);
        with(service)
                .withPropertyValues("boutique.client.max-retries=1")
                .run(context -> assertThatThrownBy(() -> context.getBean(BoutiqueClient.class)
                                .inventory()
                                .getProduct("A"))
                        .isInstanceOf(ServerException.class));

        assertThat(service.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boutique.client.attempt-timeout=200ms,boutique.client.max-retries=0",
                "boutique.client.timeout=200ms"
            })
    void propertiesSetTheTimeoutsOfAttemptsAndCalls(String properties) {
        var never = new CountDownLatch(1);
        try (var service = new LocalService(never::await)) {
            with(service)
                    .withPropertyValues(properties.split(","))
                    .run(context -> assertThatThrownBy(() -> context.getBean(BoutiqueClient.class)
                                    .inventory()
                                    .getProduct("A"))
                            .isInstanceOf(TimeoutException.class));
            // There is no second attempt. On a busy machine, the first call may time out before it sends anything.
            assertThat(service.requests()).hasSizeLessThan(2);
        }
    }

    @Test
    void aPropertySetsTheConnectTimeout() {
        application.withPropertyValues("boutique.client.connect-timeout=7s").run(context -> {
            var boutique = context.getBean(BoutiqueClient.class);
            // A view must have the same connect timeout as its client.
            boutique.withOptions(options -> options.connectTimeout(Duration.ofSeconds(7)));
            assertThatThrownBy(() -> boutique.withOptions(options -> options.connectTimeout(Duration.ofSeconds(2))))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "boutique.client.retires, 3",
        "boutique.client.food.uri, http://food.example",
        "boutique.client.foood.url, http://food.example",
        "boutique.client.max-retries, many",
        "boutique.client.max-retries, 11",
        "boutique.client.connect-timeout, soon",
        "boutique.client.connect-timeout, 0s",
        "boutique.client.attempt-timeout, -1s",
        "boutique.client.timeout, 0s",
        "boutique.client.timeout, 25h",
        "boutique.client.food.url, food",
        "boutique.client.food.api-key, a key",
        "boutique.client.local-port-base, -5",
    })
    void anInvalidPropertyFailsTheStartAndIsNamed(String property, String value) {
        application
                .withPropertyValues("boutique.client.local=true", property + "=" + value)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(messages(context.getStartupFailure())).contains(property);
                });
    }

    @Test
    void anEmptyPropertyCountsAsNotSet() {
        var service = service();
        with(service)
                .withPropertyValues(
                        "boutique.client.food.url=",
                        "boutique.client.api-key=for-all",
                        "boutique.client.inventory.api-key=")
                .run(context -> {
                    var boutique = context.getBean(BoutiqueClient.class);
                    boutique.inventory().getProduct("A");
                    assertThatThrownBy(boutique::food)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("boutique.client.food.url");
                });
        with(service)
                .withPropertyValues("boutique.client.api-key=")
                .run(context ->
                        context.getBean(BoutiqueClient.class).inventory().getProduct("A"));

        assertThat(service.headers("X-API-Key")).containsExactly("for-all", null);
    }

    @ParameterizedTest
    @CsvSource({
        "boutique.client.api-key, the secret",
        "boutique.client.food.api-key, the secret",
        "boutique.client.food.url, http://user:secret@food.example",
    })
    void anInvalidSecretIsRejectedWithoutShowingIt(String property, String value) {
        application.withPropertyValues(property + "=" + value).run(context -> {
            assertThat(context).hasFailed();
            assertThat(messages(context.getStartupFailure())).contains(property).doesNotContain("secret");
        });
    }

    private static String messages(Throwable failure) {
        var messages = new StringBuilder();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause).append('\n');
        }
        return messages.toString();
    }

    @Test
    void thePropertiesDoNotShowApiKeys() {
        application
                .withPropertyValues("boutique.client.api-key=secret-1", "boutique.client.food.api-key=secret-2")
                .run(context -> assertThat(
                                context.getBean(BoutiqueClientProperties.class).toString())
                        .contains("food")
                        .doesNotContain("secret"));
    }

    @Test
    void aClientBeanOfTheApplicationReplacesTheDefault() {
        application
                .withUserConfiguration(OwnClient.class)
                .run(context ->
                        assertThat(context).hasSingleBean(BoutiqueClient.class).hasBean("own"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {

        @Bean
        BoutiqueClient own() {
            return BoutiqueClient.local();
        }
    }

    @Test
    void theClientCanBeDisabled() {
        application
                .withPropertyValues("boutique.client.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(BoutiqueClient.class));
    }

    @Test
    void customizersRunAfterThePropertiesAndInTheirOrder() {
        var service = service();
        with(service)
                .withPropertyValues("boutique.client.api-key=of-the-properties")
                .withUserConfiguration(Customizers.class)
                .run(context ->
                        context.getBean(BoutiqueClient.class).inventory().getProduct("A"));

        assertThat(service.headers("X-API-Key")).containsExactly("of-the-last");
        assertThat(service.headers("Authorization")).containsExactly("Bearer of-the-first");
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        BoutiqueClientCustomizer last() {
            return builder -> builder.apiKey(BoutiqueService.INVENTORY, "of-the-last");
        }

        @Bean
        @Order(1)
        BoutiqueClientCustomizer first() {
            return builder ->
                    builder.apiKey(BoutiqueService.INVENTORY, "of-the-first").token(() -> "of-the-first");
        }
    }

    @Test
    void theClientIsClosedWithTheContext() {
        var boutique = new BoutiqueClient[1];
        with(service()).run(context -> boutique[0] = context.getBean(BoutiqueClient.class));

        assertThatThrownBy(() -> boutique[0].inventory().getProduct("A"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This BoutiqueClient is closed.");
    }
}
