package io.multicloudboutique.support.json;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Makes the one JSON mapper of a service strict. */
@AutoConfiguration
public class StrictJsonAutoConfiguration {

    @Bean
    StrictJson strictJson() {
        return new StrictJson();
    }
}
