package io.multicloudboutique.compatibility;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    BoutiqueClient boutique() {
        return BoutiqueClient.fromEnv();
    }

    /** The mapper of Jackson 2 is Spring Boot's. */
    @Bean
    CommandLineRunner shop(BoutiqueClient boutique, ObjectMapper json) {
        return args -> {
            var receipt = PlaceAnOrder.placeAnOrder(boutique);
            System.out.println("Placed: " + receipt.transaction().item() + ", "
                    + receipt.transaction().price());
        };
    }
}
