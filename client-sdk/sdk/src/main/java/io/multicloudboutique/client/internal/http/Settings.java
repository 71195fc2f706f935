package io.multicloudboutique.client.internal.http;

import io.multicloudboutique.client.AttemptListener;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.Sleeper;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The options of a client.
 *
 * @param apiKeys the API keys of the services that have their own API key
 * @param apiKey the API key for the other services; null if there is none
 * @param token the supplier of bearer tokens, called before each call; null if there is none
 * @param headers the default headers
 * @param nanoTime the time for deadlines, like {@link System#nanoTime()}
 * @param random the source of the jitter
 * @param logger the logger that receives a line for each attempt
 * @param listeners the listeners that observe each attempt
 */
public record Settings(
        Map<BoutiqueService, URI> baseUrls,
        Map<BoutiqueService, String> apiKeys,
        @Nullable String apiKey,
        @Nullable Supplier<String> token,
        Map<String, String> headers,
        Duration attemptTimeout,
        Duration timeout,
        int maxRetries,
        LongSupplier nanoTime,
        Sleeper sleeper,
        RandomGenerator random,
        System.Logger logger,
        List<AttemptListener> listeners) {

    /** Copies the maps and the list. */
    public Settings {
        baseUrls = Map.copyOf(baseUrls);
        apiKeys = Map.copyOf(apiKeys);
        headers = Map.copyOf(headers);
        listeners = List.copyOf(listeners);
    }

    @Nullable
    String apiKeyFor(BoutiqueService service) {
        return apiKeys.getOrDefault(service, apiKey);
    }

    /** Omits the credentials. */
    @Override
    public String toString() {
        return "Settings[baseUrls=%s, attemptTimeout=%s, timeout=%s, maxRetries=%d]"
                .formatted(baseUrls, attemptTimeout, timeout, maxRetries);
    }
}
