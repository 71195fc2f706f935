package io.multicloudboutique.compatibility;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.example.PlaceAnOrder;

public class Application {

    public static void main(String[] args) {
        try (var boutique = BoutiqueClient.fromEnv()) {
            var receipt = PlaceAnOrder.placeAnOrder(boutique);
            System.out.println("Placed: " + receipt.transaction().item() + ", "
                    + receipt.transaction().price());
        }
    }
}
