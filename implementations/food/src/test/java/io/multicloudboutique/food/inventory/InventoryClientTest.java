package io.multicloudboutique.food.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.inventory.InventoryApplication;
import io.multicloudboutique.support.upstream.UpstreamListClient;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryClientTest {

    @RegisterExtension
    static final RunningService realInventory = RunningService.of(InventoryApplication.class, "inventory");

    @RegisterExtension
    final ScriptedUpstream inventory = new ScriptedUpstream();

    @Test
    void readsTheProductsOfTheRealInventory() {
        realInventory.client().get("/inventory").expect(200); // warms up the service: the first request is slow

        assertThat(fetchProducts(realInventory.url()).items())
                .hasSize(9)
                .contains(new InventoryProduct("OLJCESPC7Z", 45, 42));
    }

    @Test
    void requestsTheFirst200ProductsAndReadsThreeFields() {
        inventory.answer(200, """
                {"total": "many", "data": [{"productId": "OLJCESPC7Z", "name": null, "stockLevel": 45, "available": 42,
                 "surprise": {"a": [null]}}], "next": null}""");

        var products = fetchProducts(inventory.url());

        assertThat(products.failure()).isNull();
        assertThat(products.items()).containsExactly(new InventoryProduct("OLJCESPC7Z", 45, 42));
        assertThat(inventory.calls()).containsExactly("GET /inventory?limit=200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{\"data\":null}",
                "{\"data\":[null]}",
                "{\"data\":[{\"productId\":\"A\",\"stockLevel\":1}]}",
                "{\"data\":[{\"productId\":null,\"stockLevel\":1,\"available\":1}]}",
                "{\"data\":[{\"productId\":\"no id!\",\"stockLevel\":1,\"available\":1}]}",
                "{\"data\":[{\"productId\":\"A\",\"stockLevel\":-1,\"available\":-1}]}",
                "{\"data\":[{\"productId\":\"A\",\"stockLevel\":1,\"available\":2}]}"
            })
    void invalidListOfProductsIsReportedAsFailure(String body) {
        inventory.answer(200, body);

        assertFailure("The inventory returned a response that cannot be read.");
    }

    @Test
    void errorStatusIsReportedAsFailure() {
        inventory.answer(503, "{}");

        assertFailure("The inventory responded with status 503.");
    }

    @Test
    void slowInventoryIsReportedAsFailureAfterOneSecond() {
        inventory.keepSilent();

        assertFailure("The inventory did not respond within one second.");
    }

    @Test
    void closedConnectionIsReportedAsFailure() {
        inventory.answer(exchange -> {}); // closes the connection without a response

        assertFailure("The inventory could not be reached.");
    }

    private void assertFailure(String failure) {
        var products = fetchProducts(inventory.url());

        assertThat(products.failure()).isEqualTo(failure);
        assertThat(products.items()).isEmpty();
    }

    private UpstreamListClient.Answer<InventoryProduct> fetchProducts(URI url) {
        var settings = new InventorySettings(new InventorySettings.Service(url), new InventorySettings.Api(null));
        return new InventoryClient(settings, new SimpleMeterRegistry())
                .products()
                .block(Duration.ofSeconds(10));
    }
}
