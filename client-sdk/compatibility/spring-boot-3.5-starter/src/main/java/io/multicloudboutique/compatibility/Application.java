package io.multicloudboutique.compatibility;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.example.PlaceAnOrder;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Application {

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args).close();
    }

    @Bean
    CommandLineRunner shop(BoutiqueClient boutique, MeterRegistry meters) {
        return args -> {
            var receipt = PlaceAnOrder.placeAnOrder(boutique);
            System.out.println("Placed: " + receipt.transaction().item() + ", "
                    + receipt.transaction().price());
            // Fails if the starter has not found the ObservationRegistry of this version of Spring Boot.
            meters.get("boutique.client.attempts").tag("operation", "createReservation").timer();
        };
    }
}
