package io.multicloudboutique.contracts.consumer;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.HttpRequestBuilder;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.food.inventory.InventoryClient;
import io.multicloudboutique.food.inventory.InventoryProduct;
import io.multicloudboutique.food.inventory.InventorySettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({CommittedPacts.class, PactConsumerTestExt.class})
class FoodReadsInventoryTest {

    @Pact(consumer = "food", provider = "inventory")
    V4Pact products(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the first products",
                        interaction -> interaction
                                .state("a product is in stock", Map.of("productId", "OLJCESPC7Z", "stockLevel", 45))
                                .state(
                                        "some of a product is reserved",
                                        Map.of("productId", "OLJCESPC7Z", "quantity", 3))
                                .withRequest(FoodReadsInventoryTest::firstProducts)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonBody(body -> body.minArrayLike(
                                                        "data",
                                                        1,
                                                        product -> product.stringType("productId", "OLJCESPC7Z")
                                                                .integerType("stockLevel", 45)
                                                                .integerType("available", 42)))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "products")
    void itReadsTheFirstProducts(MockServer inventory) {
        assertThat(readProducts(inventory)).containsExactly(new InventoryProduct("OLJCESPC7Z", 45, 42));
    }

    @Pact(consumer = "food", provider = "inventory")
    V4Pact noProducts(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the first products of an empty inventory",
                        interaction -> interaction
                                .state("there are no products")
                                .withRequest(FoodReadsInventoryTest::firstProducts)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonBody(body -> body.array("data", data -> {}))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "noProducts")
    void itReadsAnEmptyList(MockServer inventory) {
        assertThat(readProducts(inventory)).isEmpty();
    }

    private static HttpRequestBuilder firstProducts(HttpRequestBuilder request) {
        return request.method("GET")
                .path("/inventory")
                .queryParameter("limit", "200")
                .header("Accept", "application/json");
    }

    private static List<InventoryProduct> readProducts(MockServer inventory) {
        var settings = new InventorySettings(
                new InventorySettings.Service(URI.create(inventory.getUrl())), new InventorySettings.Api(null));
        return Asking.patiently(new InventoryClient(settings, new SimpleMeterRegistry()).products());
    }
}
