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

/**
 * Builds a {@link BoutiqueClient}. Not thread-safe. Changes to the builder do not affect clients that it has already
 * built.
 */
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
     * Sets the base URL of a service, such as {@code https://inventory.shop.example} or, with a path prefix,
     * {@code https://shop.example/inventory-service}. Defaults to none: without a base URL, the accessor of the
     * service, such as {@link BoutiqueClient#inventory()}, throws an {@link IllegalStateException}.
     *
     * @throws IllegalArgumentException if the URL is not an http or https URL with a host, or if it contains
     *     credentials, a query or a fragment
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
            throw new IllegalArgumentException("The base URL of " + service
                    + " must not contain credentials, because URLs are logged. Use apiKey or token instead.");
        }
        var http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw notAUrl(service, url);
        }
        return uri;
    }

    private static IllegalArgumentException notAUrl(BoutiqueService service, String url) {
        // The message is likely to be logged, so it shows no value that may contain credentials.
        var shown = url.contains("@") || url.contains("?")
                ? "The value is not shown, because it may contain credentials."
                : "The value is '" + url + "'.";
        return new IllegalArgumentException("The base URL of " + service
                + " must start with http:// or https:// and have a host, without a query or a fragment. " + shown);
    }

    /**
     * Sets the base URLs of all six services to the platform that {@code ./boutique} runs on this machine, with the
     * ports 8081 to 8086.
     */
    public BoutiqueClientBuilder local() {
        return local(DEFAULT_PORT_BASE);
    }

    /**
     * Like {@link #local()}, but with the six ports after {@code portBase}, which is the {@code BOUTIQUE_PORT_BASE} of
     * {@code ./boutique}.
     */
    public BoutiqueClientBuilder local(int portBase) {
        for (var service : BoutiqueService.values()) {
            baseUrl(service, "http://127.0.0.1:" + service.localPort(portBase));
        }
        return this;
    }

    /**
     * Sets the API key for all services that have no API key of their own. Defaults to none.
     *
     * @throws IllegalArgumentException if the key is empty or contains anything other than visible ASCII characters
     */
    public BoutiqueClientBuilder apiKey(String key) {
        apiKey = credential(key);
        return this;
    }

    /**
     * Sets the API key for one service. Defaults to the key from {@link #apiKey(String)}.
     *
     * @throws IllegalArgumentException if the key is empty or contains anything other than visible ASCII characters
     */
    public BoutiqueClientBuilder apiKey(BoutiqueService service, String key) {
        apiKeys.put(service, credential(key));
        return this;
    }

    private static String credential(String key) {
        if (key.isEmpty() || !key.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            // The message is likely to be logged, so it does not contain the key.
            throw new IllegalArgumentException("An API key must consist of visible ASCII characters.");
        }
        return key;
    }

    /**
     * Sets the supplier of bearer tokens. The SDK calls the supplier before each call, on the thread that makes the
     * call, so the supplier should cache each token while it is valid. If the supplier throws an exception, the call
     * throws the same exception. If a token is empty or contains anything other than visible ASCII characters, the call
     * throws an {@link IllegalStateException}. Defaults to none.
     */
    public BoutiqueClientBuilder token(Supplier<String> token) {
        this.token = Objects.requireNonNull(token, "token");
        return this;
    }

    /**
     * Sets the time limit for establishing a connection. The limit does not apply to your own {@link #httpClient}.
     * Defaults to 2 seconds.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public BoutiqueClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = positive(timeout);
        return this;
    }

    /**
     * Sets the time limit for one attempt, from its start, which includes establishing a connection, until the response
     * is complete. Defaults to 10 seconds.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public BoutiqueClientBuilder requestTimeout(Duration timeout) {
        requestTimeout = positive(timeout);
        return this;
    }

    /**
     * Sets the time limit for a call, including all its attempts and the pauses between them. Defaults to 30 seconds.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public BoutiqueClientBuilder totalTimeout(Duration timeout) {
        totalTimeout = positive(timeout);
        return this;
    }

    private static Duration positive(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("A timeout must be positive, but is " + timeout + ".");
        }
        return timeout;
    }

    /**
     * Sets the maximum number of retries of a call, 0 to 10. The SDK retries a call only if a retry is safe. Defaults
     * to 2.
     *
     * @throws IllegalArgumentException if the number is not 0 to 10
     */
    public BoutiqueClientBuilder retries(int retries) {
        if (retries < 0 || retries > 10) {
            throw new IllegalArgumentException("The number of retries must be 0 to 10, but is " + retries + ".");
        }
        this.retries = retries;
        return this;
    }

    /**
     * Sets the HTTP client, for example one with a proxy or with your own SSL context. You must close it yourself.
     * Defaults to a new client.
     *
     * @throws IllegalArgumentException if the client follows redirects, because redirects would send the credentials
     *     elsewhere
     */
    public BoutiqueClientBuilder httpClient(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "The HTTP client must not follow redirects, because they would send the credentials elsewhere.");
        }
        httpClient = client;
        return this;
    }

    /** Sets the clock for deadlines and for dates in {@code Retry-After}. Defaults to the system clock. */
    public BoutiqueClientBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Sets the sleeper that waits between attempts. Defaults to {@link Thread#sleep(long)}. */
    public BoutiqueClientBuilder sleeper(Sleeper sleeper) {
        this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
        return this;
    }

    /**
     * Sets the logger. It receives a line at level {@code DEBUG} for each attempt: service, operation, method, URL
     * without query, attempt number, request id, status or failure, duration in milliseconds, and whether a retry
     * follows. Headers, queries and bodies are never logged, because they contain credentials and personal data.
     * Defaults to {@code System.getLogger("io.multicloudboutique.client")}, whose backend is {@code java.util.logging}
     * unless the application provides a {@link System.LoggerFinder}.
     */
    public BoutiqueClientBuilder logger(System.Logger logger) {
        this.logger = Objects.requireNonNull(logger, "logger");
        return this;
    }

    /** Adds a listener for attempts. Listeners run in the order in which they were added. Defaults to none. */
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
                    "The environment contains no base URL. Set BOUTIQUE_FOOD_URL or another BOUTIQUE_<SERVICE>_URL.");
        }
        return this;
    }

    /** Builds a client with the current options. */
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
                // Every thread uses its own generator, because threads share the client.
                () -> ThreadLocalRandom.current().nextLong(),
                logger,
                listeners);
    }
}
