package io.multicloudboutique.client;

import io.multicloudboutique.client.internal.http.JdkExchange;
import io.multicloudboutique.client.internal.http.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds a {@link BoutiqueClient}. Not thread-safe; the client does not change when the builder does. */
public final class BoutiqueClientBuilder {

    private static final int DEFAULT_PORT_BASE = 8080;

    private final Map<BoutiqueService, URI> baseUrls = new EnumMap<>(BoutiqueService.class);
    private final Map<BoutiqueService, String> apiKeys = new EnumMap<>(BoutiqueService.class);
    private @Nullable String apiKey;
    private @Nullable Supplier<String> token;
    private Duration connectTimeout = Duration.ofSeconds(2);
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Duration totalTimeout = Duration.ofSeconds(30);
    private int retries = 2;
    private @Nullable HttpClient httpClient;
    private Clock clock = Clock.systemUTC();
    private Sleeper sleeper = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    private System.Logger logger = System.getLogger("io.multicloudboutique.client");
    private final List<AttemptListener> listeners = new ArrayList<>();

    BoutiqueClientBuilder() {}

    BoutiqueClientBuilder(BoutiqueClientBuilder other) {
        baseUrls.putAll(other.baseUrls);
        apiKeys.putAll(other.apiKeys);
        apiKey = other.apiKey;
        token = other.token;
        connectTimeout = other.connectTimeout;
        requestTimeout = other.requestTimeout;
        totalTimeout = other.totalTimeout;
        retries = other.retries;
        httpClient = other.httpClient;
        clock = other.clock;
        sleeper = other.sleeper;
        logger = other.logger;
        listeners.addAll(other.listeners);
    }

    /**
     * Where a service is, such as {@code https://inventory.shop.example} or, behind a prefix,
     * {@code https://shop.example/inventory-service}. Defaults to nowhere: who asks for such a service gets an
     * {@link IllegalStateException}.
     */
    public BoutiqueClientBuilder baseUrl(BoutiqueService service, String url) {
        baseUrls.put(service, url(service, url));
        return this;
    }

    private static URI url(BoutiqueService service, String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw notAUrl(service, url);
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "The base URL of " + service + " has credentials, which would end in logs: use apiKey or token.");
        }
        var http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw notAUrl(service, url);
        }
        return uri;
    }

    private static IllegalArgumentException notAUrl(BoutiqueService service, String url) {
        // What may hold credentials is not shown: this message ends in a log.
        var shown = url.contains("@") || url.contains("?")
                ? "not shown here, since it may hold credentials"
                : "'" + url + "'";
        return new IllegalArgumentException("The base URL of " + service + " is " + shown
                + ", which is not http:// or https:// with a host and without a query.");
    }

    /** All six services as {@code ./boutique} runs them on this machine, on the ports 8081 to 8086. */
    public BoutiqueClientBuilder local() {
        return local(DEFAULT_PORT_BASE);
    }

    /** Like {@link #local()}, on the six ports after this one, which is {@code BOUTIQUE_PORT_BASE} of {@code ./boutique}. */
    public BoutiqueClientBuilder local(int portBase) {
        for (var service : BoutiqueService.values()) {
            baseUrl(service, "http://127.0.0.1:" + service.localPort(portBase));
        }
        return this;
    }

    /** The API key of all services that have none of their own. Defaults to none. */
    public BoutiqueClientBuilder apiKey(String key) {
        apiKey = credential(key);
        return this;
    }

    /** The API key of one service. Defaults to {@link #apiKey(String)}. */
    public BoutiqueClientBuilder apiKey(BoutiqueService service, String key) {
        apiKeys.put(service, credential(key));
        return this;
    }

    private static String credential(String key) {
        if (key.isEmpty() || !key.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            // Without the key: this message ends in a log.
            throw new IllegalArgumentException("An API key has visible ASCII characters and nothing else.");
        }
        return key;
    }

    /**
     * Gives the bearer token of each call. It is asked before every call, by the thread that calls, so let it keep a token
     * while it is valid; what it throws, the call throws. A token has visible ASCII characters and nothing else, or the call
     * throws an {@link IllegalStateException}. Defaults to none.
     */
    public BoutiqueClientBuilder token(Supplier<String> token) {
        this.token = Objects.requireNonNull(token, "token");
        return this;
    }

    /** How long to wait for a connection. Not used with an {@link #httpClient} of your own. Defaults to 2 seconds. */
    public BoutiqueClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = positive(timeout);
        return this;
    }

    /** How long one attempt may take, from its first byte out to its last byte in. Defaults to 10 seconds. */
    public BoutiqueClientBuilder requestTimeout(Duration timeout) {
        requestTimeout = positive(timeout);
        return this;
    }

    /** How long a call may take with all its attempts and the pauses between them. Defaults to 30 seconds. */
    public BoutiqueClientBuilder totalTimeout(Duration timeout) {
        totalTimeout = positive(timeout);
        return this;
    }

    private static Duration positive(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("A timeout is longer than nothing, which " + timeout + " is not.");
        }
        return timeout;
    }

    /** How often to repeat a call at the most, 0 to 10, where that is safe. Defaults to 2. */
    public BoutiqueClientBuilder retries(int retries) {
        if (retries < 0 || retries > 10) {
            throw new IllegalArgumentException("A call is repeated 0 to 10 times, not " + retries + " times.");
        }
        this.retries = retries;
        return this;
    }

    /**
     * The HTTP client to use, for a proxy or an SSL context of your own. It must not follow redirects: credentials would go
     * with them. Closing it is up to you. Defaults to a new one.
     */
    public BoutiqueClientBuilder httpClient(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "The HTTP client follows redirects, and credentials would go with them.");
        }
        httpClient = client;
        return this;
    }

    /** Tells the time for deadlines and dates in {@code Retry-After}. Defaults to the system's clock. */
    public BoutiqueClientBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Waits between attempts. Defaults to {@link Thread#sleep(long)}. */
    public BoutiqueClientBuilder sleeper(Sleeper sleeper) {
        this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
        return this;
    }

    /**
     * Gets a line at level {@code DEBUG} for each attempt: service, operation, method, URL without query, which attempt,
     * request id, status or failure, milliseconds, and whether it is repeated. Headers, queries and bodies are never logged,
     * since they hold credentials and personal data. Defaults to {@code System.getLogger("io.multicloudboutique.client")},
     * which goes where the platform's logging goes.
     */
    public BoutiqueClientBuilder logger(System.Logger logger) {
        this.logger = Objects.requireNonNull(logger, "logger");
        return this;
    }

    /** Is told of each attempt, after those that were added before. Defaults to none. */
    public BoutiqueClientBuilder addAttemptListener(AttemptListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    BoutiqueClientBuilder environment(Map<String, String> variables) {
        for (var service : BoutiqueService.values()) {
            var prefix = "BOUTIQUE_" + service.name();
            var url = variables.get(prefix + "_URL");
            if (url != null) {
                baseUrl(service, url);
            }
            var key = variables.get(prefix + "_API_KEY");
            if (key != null) {
                apiKey(service, key);
            }
        }
        var key = variables.get("BOUTIQUE_API_KEY");
        if (key != null) {
            apiKey(key);
        }
        if (baseUrls.isEmpty()) {
            throw new IllegalArgumentException(
                    "The environment names no service: set BOUTIQUE_FOOD_URL or another BOUTIQUE_<SERVICE>_URL.");
        }
        return this;
    }

    /** A client with what was set. */
    public BoutiqueClient build() {
        var http = httpClient != null
                ? httpClient
                : HttpClient.newBuilder()
                        .connectTimeout(connectTimeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        return new ServiceClients(new BoutiqueClientBuilder(this), new JdkExchange(http, httpClient == null));
    }

    boolean sharesConnectionsWith(BoutiqueClientBuilder other) {
        return httpClient == other.httpClient && connectTimeout.equals(other.connectTimeout);
    }

    Settings settings() {
        return new Settings(
                baseUrls,
                apiKeys,
                apiKey,
                token,
                requestTimeout,
                totalTimeout,
                retries,
                clock,
                sleeper,
                // Of each thread its own, since the client is shared between threads.
                () -> ThreadLocalRandom.current().nextLong(),
                logger,
                listeners);
    }
}
