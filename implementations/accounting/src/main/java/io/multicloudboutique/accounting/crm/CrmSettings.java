package io.multicloudboutique.accounting.crm;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the CRM is, and what to show there. */
@ConfigurationProperties("crm")
public record CrmSettings(
        @DefaultValue Service service, @DefaultValue Api api) {

    /** @param url its base URL, {@code CRM_SERVICE_URL}; by default where the launcher runs it */
    public record Service(
            @DefaultValue("http://127.0.0.1:8082") URI url) {}

    /** @param key its API key, {@code CRM_API_KEY}; none by default */
    public record Api(@Nullable String key) {}
}
