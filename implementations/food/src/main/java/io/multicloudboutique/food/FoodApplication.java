package io.multicloudboutique.food;

import io.multicloudboutique.support.ServiceApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The food service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FoodApplication {

    public static void main(String[] args) {
        ServiceApplication.of(FoodApplication.class, "food").run(args);
    }
}
