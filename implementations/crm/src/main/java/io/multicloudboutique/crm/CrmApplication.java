package io.multicloudboutique.crm;

import io.multicloudboutique.support.ServiceApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The CRM service. */
@SpringBootApplication
public class CrmApplication {

    public static void main(String[] args) {
        ServiceApplication.of(CrmApplication.class, "crm").run(args);
    }
}
