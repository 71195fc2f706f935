package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.ProviderResponse;
import au.com.dius.pact.provider.junit5.HttpTestTarget;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service that is asked once. What it has answered, or what is put in its place, is the answer from then on. */
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
        return Objects.requireNonNull(answer, "It has not been asked");
    }

    void replaceAnswer(ProviderResponse other) {
        answer = other;
    }
}
