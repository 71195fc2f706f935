package io.multicloudboutique.accounting.crm;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings for calls to the CRM. */
@ConfigurationProperties("crm")
public record CrmSettings(
        @DefaultValue Service service, @DefaultValue Api api) {

    /** @param url base URL of the CRM, {@code CRM_SERVICE_URL}; by default the CRM's address in the launcher */
    public record Service(
            @DefaultValue("http://127.0.0.1:8082") URI url) {}

    /** @param key API key for the CRM, {@code CRM_API_KEY}; none by default */
    public record Api(@Nullable String key) {}
}
