package io.multicloudboutique.accounting;

import io.multicloudboutique.support.ServiceApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The accounting service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AccountingApplication {

    public static void main(String[] args) {
        ServiceApplication.of(AccountingApplication.class, "accounting").run(args);
    }
}
