package io.multicloudboutique.contracts.consumer;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static au.com.dius.pact.consumer.dsl.Matchers.fromProviderState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.food.FoodItem;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({CommittedPacts.class, PactConsumerTestExt.class})
class SdkUsesFoodTest {

    @Pact(consumer = "client-sdk", provider = "food")
    V4Pact dish(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a dish",
                        interaction -> interaction
                                .state(
                                        "a dish is on the menu",
                                        Map.of(
                                                "name", "Sushi Roll",
                                                "category", "Japanese",
                                                "price", 15.99,
                                                "available", true,
                                                "productId", "SUSHI00001"))
                                .withRequest(
                                        request -> Sdk.get(request).path(fromProviderState("/food/${id}", "/food/2")))
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonBody(dish -> dish.integerType("id", 2)
                                                        .stringType("name", "Sushi Roll")
                                                        .stringType("category", "Japanese")
                                                        .numberType("price", 15.99)
                                                        .booleanType("available", true)
                                                        .stringType("productId", "SUSHI00001"))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "dish")
    void itReadsADish(MockServer food) {
        try (var boutique = Sdk.of(BoutiqueService.FOOD, food)) {
            assertThat(boutique.food().getFoodItem(2))
                    .isEqualTo(new FoodItem(
                            2,
                            "Sushi Roll",
                            "Japanese",
                            new BigDecimal("15.99"),
                            true,
                            Optional.of("SUSHI00001"),
                            Optional.empty(),
                            Map.of()));
        }
    }

    @Pact(consumer = "client-sdk", provider = "food")
    V4Pact noDish(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a dish that does not exist",
                        interaction -> interaction
                                .state("there are no dishes")
                                .withRequest(request -> Sdk.get(request).path("/food/2"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "noDish")
    void itReadsThatADishDoesNotExist(MockServer food) {
        try (var boutique = Sdk.of(BoutiqueService.FOOD, food)) {
            assertThatThrownBy(() -> boutique.food().getFoodItem(2)).isInstanceOf(NotFoundException.class);
        }
    }
}
