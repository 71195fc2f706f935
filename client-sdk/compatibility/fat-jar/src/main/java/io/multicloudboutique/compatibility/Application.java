package io.multicloudboutique.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import feign.Feign;
import feign.RequestLine;
import feign.jackson.JacksonDecoder;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.example.PlaceAnOrder;

public class Application {

    public static void main(String[] args) {
        // The application's own Feign and Jackson.
        var food = Feign.builder().decoder(new JacksonDecoder()).target(Food.class, System.getenv("BOUTIQUE_FOOD_URL"));
        System.out.println(food.item().get("name").asText());
        try (var boutique = BoutiqueClient.fromEnv()) {
            var receipt = PlaceAnOrder.placeAnOrder(boutique);
            System.out.println("Placed: " + receipt.transaction().item() + ", "
                    + receipt.transaction().price());
        }
    }

    interface Food {

        @RequestLine("GET /food/1")
        JsonNode item();
    }
}
