package io.multicloudboutique.analytics;

import io.multicloudboutique.support.ServiceApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The analytics service. */
@SpringBootApplication
public class AnalyticsApplication {

    public static void main(String[] args) {
        ServiceApplication.of(AnalyticsApplication.class, "analytics").run(args);
    }
}
