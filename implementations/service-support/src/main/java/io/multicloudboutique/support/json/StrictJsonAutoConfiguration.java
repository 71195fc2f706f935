package io.multicloudboutique.support.json;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

/** Configures the JSON mapper of a service with the rules of the contracts. */
@AutoConfiguration
public class StrictJsonAutoConfiguration {

    @Bean
    StrictJson strictJson() {
        return new StrictJson();
    }

    @Bean
    @Order(1) // after Spring Boot's own customizer
    CodecCustomizer noNullBody(JsonMapper json) {
        return codecs -> codecs.defaultCodecs().jacksonJsonDecoder(new NoNullBody(json));
    }
}
