package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.ProviderResponse;
import au.com.dius.pact.provider.junit5.HttpTestTarget;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A target that calls the service once. It replays that response, or its replacement, to every further interaction. */
final class ReplayingTarget extends HttpTestTarget {

    private @Nullable ProviderResponse answer;

    ReplayingTarget(URI service) {
        super(service.getHost(), service.getPort());
    }

    @Override
    public ProviderResponse executeInteraction(@Nullable Object client, @Nullable Object request) {
        if (answer == null) {
            answer = super.executeInteraction(client, request);
        }
        return answer;
    }

    ProviderResponse answer() {
        return Objects.requireNonNull(answer, "The service has not been called");
    }

    void replaceAnswer(ProviderResponse other) {
        answer = other;
    }
}
