package io.multicloudboutique.compatibility;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.example.PlaceAnOrder;
import java.util.Map;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;

@SpringBootApplication
@EnableFeignClients(clients = Application.Food.class)
public class Application {

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args).close();
    }

    @Bean
    CommandLineRunner shop(BoutiqueClient boutique, MeterRegistry meters, Food food) {
        return args -> {
            System.out.println(food.item().get("name"));
            var receipt = PlaceAnOrder.placeAnOrder(boutique);
            System.out.println("Placed: " + receipt.transaction().item() + ", "
                    + receipt.transaction().price());
            // Fails if the starter has not found the ObservationRegistry of this version of Spring Boot.
            meters.get("boutique.client.attempts").tag("operation", "createReservation").timer();
        };
    }

    /** The application's own client, with the Feign of Spring Cloud. */
    @FeignClient(name = "food", url = "${BOUTIQUE_FOOD_URL}")
    interface Food {

        @GetMapping("/food/1")
        Map<String, Object> item();
    }
}
