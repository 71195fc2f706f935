package io.multicloudboutique.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.client.BoutiqueClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The starter on the class path of an application. */
@ExtendWith(OutputCaptureExtension.class)
class StarterTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void aLoggingPropertyEnablesTheLogOfAttempts(CapturedOutput output) {
        try (var service = new LocalService();
                var context = new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                "--boutique.client.inventory.url=" + service.url(),
                                "--boutique.client.api-key=a-secret-key",
                                "--logging.level.io.multicloudboutique.client=debug")) {
            context.getBean(BoutiqueClient.class).inventory().getProduct("A");

            assertThat(service.headers("X-API-Key")).containsExactly("a-secret-key");
            assertThat(output)
                    .contains("inventory getProduct: GET " + service.url() + "/inventory/A, attempt 1")
                    .doesNotContain("a-secret-key");
        }
    }

    @Test
    void eachPropertyHasConfigurationMetadata() throws IOException {
        try (var file =
                BoutiqueClientProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            var properties = JsonMapper.shared().readTree(file).get("properties");

            assertThat(properties
                            .valueStream()
                            .map(property -> property.get("name").stringValue()))
                    .contains(
                            "boutique.client.enabled",
                            "boutique.client.local",
                            "boutique.client.local-port-base",
                            "boutique.client.api-key",
                            "boutique.client.connect-timeout",
                            "boutique.client.attempt-timeout",
                            "boutique.client.timeout",
                            "boutique.client.max-retries",
                            "boutique.client.food.url",
                            "boutique.client.food.api-key",
                            "boutique.client.accounting.url")
                    .hasSize(8 + 6 * 2);
            assertThat(properties.valueStream()).allMatch(property -> property.has("description"));
            assertThat(properties
                            .valueStream()
                            .filter(property ->
                                    property.get("name").stringValue().endsWith("max-retries"))
                            .map(property -> property.get("defaultValue"))
                            .map(JsonNode::intValue))
                    .containsExactly(2);
        }
    }
}
