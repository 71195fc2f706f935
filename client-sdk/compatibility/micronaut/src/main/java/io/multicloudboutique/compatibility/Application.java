package io.multicloudboutique.compatibility;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.example.PlaceAnOrder;
import jakarta.inject.Singleton;

@Factory
public class Application {

    public static void main(String[] args) {
        try (var context = ApplicationContext.run()) {
            context.getBean(ObjectMapper.class); // Micronaut's own mapper of Jackson 2
            var receipt = PlaceAnOrder.placeAnOrder(context.getBean(BoutiqueClient.class));
            System.out.println("Placed: " + receipt.transaction().item() + ", "
                    + receipt.transaction().price());
        }
    }

    @Bean(preDestroy = "close")
    @Singleton
    BoutiqueClient boutique() {
        return BoutiqueClient.fromEnv();
    }
}
