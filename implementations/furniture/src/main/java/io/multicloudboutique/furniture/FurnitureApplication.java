package io.multicloudboutique.furniture;

import io.multicloudboutique.support.ServiceApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The furniture service. */
@SpringBootApplication
public class FurnitureApplication {

    public static void main(String[] args) {
        ServiceApplication.of(FurnitureApplication.class, "furniture").run(args);
    }
}
