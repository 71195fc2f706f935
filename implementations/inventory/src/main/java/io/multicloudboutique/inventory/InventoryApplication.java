package io.multicloudboutique.inventory;

import io.multicloudboutique.support.ServiceApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The inventory service. */
@SpringBootApplication
public class InventoryApplication {

    public static void main(String[] args) {
        ServiceApplication.of(InventoryApplication.class, "inventory").run(args);
    }
}
