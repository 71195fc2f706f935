package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.ProviderResponse;
import au.com.dius.pact.provider.junit5.HttpTestTarget;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A target that calls the service only for the first interaction. All further interactions get the same response, or
 * its replacement.
 */
final class ReplayingTarget extends HttpTestTarget {

    private @Nullable ProviderResponse response;

    ReplayingTarget(URI service) {
        super(service.getHost(), service.getPort());
    }

    @Override
    public ProviderResponse executeInteraction(@Nullable Object client, @Nullable Object request) {
        if (response == null) {
            response = super.executeInteraction(client, request);
        }
        return response;
    }

    ProviderResponse response() {
        return Objects.requireNonNull(response, "The service has not been called");
    }

    void replaceResponse(ProviderResponse other) {
        response = other;
    }
}
