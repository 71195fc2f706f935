package io.multicloudboutique.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoutiqueClientTest {

    private ScriptedServer server;

    @BeforeEach
    void start() {
        server = new ScriptedServer(ScriptedServer.json(
                200,
                "{\"productId\":\"A\",\"name\":\"Lamp\",\"stockLevel\":5,\"reserved\":1,\"available\":4,"
                        + "\"lastUpdated\":\"2026-01-20T10:30:00.125Z\"}"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void theExceptionForAServiceWithoutAUrlNamesTheFix() {
        try (var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.FOOD, server.url())
                .build()) {
            assertThatThrownBy(client::inventory)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("baseUrl(BoutiqueService.INVENTORY, …)")
                    .hasMessageContaining("BOUTIQUE_INVENTORY_URL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "food", "localhost:8085", "ftp://food", "http://", "http://food?x=1", "http://a b"})
    void anInvalidBaseUrlIsRejectedWhenItIsSet(String url) {
        assertThatThrownBy(() -> BoutiqueClient.builder().baseUrl(BoutiqueService.FOOD, url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base URL of food");
    }

    @Test
    void urlsAndKeysAreReadFromTheEnvironment() {
        try (var client = BoutiqueClient.fromEnv(Map.of(
                "BOUTIQUE_INVENTORY_URL", server.url(),
                "BOUTIQUE_API_KEY", "for-all",
                "BOUTIQUE_INVENTORY_API_KEY", "for-inventory"))) {
            client.inventory().getProduct("A");
        }

        assertThat(server.requests().get(0).header("X-API-Key")).isEqualTo("for-inventory");
    }

    @Test
    void anEnvironmentWithoutServiceUrlsIsRejected() {
        assertThatThrownBy(() -> BoutiqueClient.fromEnv(Map.of("BOUTIQUE_API_KEY", "for-all")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BOUTIQUE_FOOD_URL");
    }

    @Test
    void theLocalPlatformHasAllSixServices() {
        try (var client = BoutiqueClient.local()) {
            assertThat(List.of(
                            client.analytics(),
                            client.crm(),
                            client.inventory(),
                            client.furniture(),
                            client.food(),
                            client.accounting()))
                    .doesNotContainNull();
        }
        assertThat(BoutiqueService.values())
                .extracting(service -> service.localPort(8080))
                .containsExactly(8081, 8082, 8083, 8084, 8085, 8086);
    }

    @Test
    void theTokenSupplierIsCalledBeforeEachCall() {
        var tokens = new AtomicInteger();
        try (var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .token(() -> "token-" + tokens.incrementAndGet())
                .build()) {
            client.inventory().getProduct("A");
            client.inventory().getProduct("A");
        }

        assertThat(server.requests())
                .extracting(sent -> sent.header("Authorization"))
                .containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void aViewHasItsOwnOptionsAndTheClientKeepsItsOptions() {
        try (var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .apiKey("one")
                .build()) {
            var view = client.withOptions(options -> options.apiKey("other"));
            view.inventory().getProduct("A");
            view.close();
            client.inventory().getProduct("A");
            assertThatThrownBy(() -> client.withOptions(options -> options.connectTimeout(Duration.ofDays(1))))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(server.requests())
                .extracting(sent -> sent.header("X-API-Key"))
                .containsExactly("other", "one");
    }

    @Test
    void changingTheBuilderLaterDoesNotChangeTheClient() {
        var builder = BoutiqueClient.builder().baseUrl(BoutiqueService.INVENTORY, server.url());
        try (var client = builder.build()) {
            builder.apiKey("later");
            client.withOptions(options -> {}).inventory().getProduct("A");
        }

        assertThat(server.requests().get(0).headers()).doesNotContainKey("X-API-Key");
    }

    @Test
    void aClosedClientAndItsViewsRejectCalls() {
        var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .build();
        var view = client.withOptions(options -> options.maxRetries(1));
        client.close();
        client.close();

        for (var closed : List.of(client, view)) {
            assertThatThrownBy(() -> closed.inventory().getProduct("A"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("This BoutiqueClient is closed.");
        }
    }

    @Test
    void closingTheClientDoesNotCloseTheCallersHttpClient() {
        var http = HttpClient.newHttpClient();
        var builder = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .httpClient(http);
        builder.build().close();

        try (var client = builder.build()) {
            assertThat(client.inventory().getProduct("A").name()).isEqualTo("Lamp");
        }
    }

    @Test
    void anHttpClientThatFollowsRedirectsIsRejected() {
        var http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();

        assertThatThrownBy(() -> BoutiqueClient.builder().httpClient(http))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "has space", "line\nbreak", "schlüssel"})
    void anInvalidApiKeyIsRejectedWithoutShowingIt(String key) {
        assertThatThrownBy(() -> BoutiqueClient.builder().apiKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("An API key must consist of visible ASCII characters.");
    }

    @Test
    void optionsOutOfRangeAreRejected() {
        var builder = BoutiqueClient.builder();

        assertThatThrownBy(() -> builder.maxRetries(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxRetries(11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.attemptTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.timeout(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void anInvalidIdReachesNoOtherOperation(String id) {
        try (var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .build()) {
            assertThatThrownBy(() -> client.inventory().getProduct(id)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.inventory().listMovements(id).first())
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a%2Fb", "a?b", "a#b", "a b", "{a}", "ä", "a;b", "../x", "a\\b"})
    void anIdIsSentAsOnePathSegment(String id) {
        try (var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url() + "/prefix/")
                .build()) {
            client.inventory().getProduct(id);
        }

        var target = server.requests().get(0).target();
        assertThat(target).startsWith("/prefix/inventory/");
        assertThat(target.substring("/prefix/inventory/".length())).doesNotContain("/", "?", "#");
        assertThat(URI.create(target).getPath()).isEqualTo("/prefix/inventory/" + id);
    }

    @Test
    void threadsCanShareAClient() throws Exception {
        var results = new ArrayList<Long>();
        var threads = Executors.newFixedThreadPool(16);
        try (var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .build()) {
            var calls = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(
                            () -> client.inventory().getProduct("A").available()))
                    .toList();
            for (var call : calls) {
                results.add(call.get());
            }
        } finally {
            threads.shutdown();
        }

        assertThat(results).hasSize(200).containsOnly(4L);
        assertThat(server.requests().stream()
                        .map(sent -> sent.header("X-Request-Id"))
                        .distinct())
                .hasSize(200);
    }

    @Test
    void requestObjectsAreImmutable() {
        var lines = new ArrayList<>(List.of(ReservationLine.of("A", 1)));
        var cart = ReservationDraft.of(lines);
        var named = cart.withReference("order-1");
        lines.clear();

        assertThat(cart.lines()).hasSize(1);
        assertThat(cart.reference()).isEmpty();
        assertThat(named.reference()).contains("order-1");
        assertThat(named).isNotEqualTo(cart).isEqualTo(cart.withReference("order-1"));
    }
}
