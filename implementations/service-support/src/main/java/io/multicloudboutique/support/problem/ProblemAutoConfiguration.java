package io.multicloudboutique.support.problem;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Configures problem responses for all errors. */
@AutoConfiguration
public class ProblemAutoConfiguration {

    @Bean
    ProblemHandler problemHandler(JsonMapper json, MeterRegistry meters) {
        return new ProblemHandler(json, meters);
    }
}
