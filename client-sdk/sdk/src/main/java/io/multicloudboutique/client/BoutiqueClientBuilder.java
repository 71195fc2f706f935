package io.multicloudboutique.client;

import io.multicloudboutique.client.internal.http.Headers;
import io.multicloudboutique.client.internal.http.HostNames;
import io.multicloudboutique.client.internal.http.JdkExchange;
import io.multicloudboutique.client.internal.http.Settings;
import io.multicloudboutique.client.internal.http.Timeouts;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link BoutiqueClient}. Not thread-safe. Changes to the builder do not affect clients that it has already
 * built.
 */
public final class BoutiqueClientBuilder {

    private static final int DEFAULT_PORT_BASE = 8080;
    private static final int MOST_CONCURRENT_REQUESTS = 10_000;
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_PORT_BASE = HIGHEST_PORT - BoutiqueService.values().length;

    private final Map<BoutiqueService, URI> baseUrls = new EnumMap<>(BoutiqueService.class);
    private final Map<BoutiqueService, String> apiKeys = new EnumMap<>(BoutiqueService.class);
    private @Nullable String apiKey;
    private @Nullable Supplier<String> token;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration attemptTimeout = Duration.ofSeconds(10);
    private Duration timeout = Duration.ofSeconds(30);
    private int maxRetries = 2;
    private @Nullable HttpClient httpClient;
    private @Nullable ProxySelector proxy;
    private @Nullable SSLContext sslContext;
    private @Nullable Executor executor;
    private int maxConcurrentRequests = 64;
    private LongSupplier nanoTime = System::nanoTime;
    private Sleeper sleeper = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    private System.Logger logger = System.getLogger("io.multicloudboutique.client");
    private final List<AttemptListener> listeners = new ArrayList<>();

    BoutiqueClientBuilder() {}

    BoutiqueClientBuilder(BoutiqueClientBuilder other) {
        baseUrls.putAll(other.baseUrls);
        apiKeys.putAll(other.apiKeys);
        apiKey = other.apiKey;
        token = other.token;
        headers.putAll(other.headers);
        connectTimeout = other.connectTimeout;
        attemptTimeout = other.attemptTimeout;
        timeout = other.timeout;
        maxRetries = other.maxRetries;
        httpClient = other.httpClient;
        proxy = other.proxy;
        sslContext = other.sslContext;
        executor = other.executor;
        maxConcurrentRequests = other.maxConcurrentRequests;
        nanoTime = other.nanoTime;
        sleeper = other.sleeper;
        logger = other.logger;
        listeners.addAll(other.listeners);
    }

    /**
     * Sets the base URL of a service, such as {@code https://inventory.shop.example} or, with a path prefix,
     * {@code https://shop.example/inventory-service}. Defaults to none: without a base URL, the accessor of the
     * service, such as {@link BoutiqueClient#inventory()}, throws an {@link IllegalStateException}.
     *
     * <p>A host name may contain underscores, as in {@code http://inventory_service:8083}, unless the URL starts with
     * {@code https://}. The {@code Host} header of such a request contains the address of the host. To send the name,
     * start the JVM with {@code -Djdk.httpclient.allowRestrictedHeaders=host}.
     *
     * @throws IllegalArgumentException if the URL is not an http or https URL with a host and a valid port, or if it
     *     contains credentials, a query or a fragment
     */
    public BoutiqueClientBuilder baseUrl(BoutiqueService service, String url) {
        Objects.requireNonNull(service, "service");
        baseUrls.put(service, url(service, Objects.requireNonNull(url, "url")));
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
        if (!http || !HostNames.isPresent(uri) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw notAUrl(service, url);
        }
        if (uri.getHost() == null && uri.getScheme().equals("https")) {
            throw new IllegalArgumentException("The base URL of " + service + " is " + url + ", but with TLS, the JDK's"
                    + " HTTP client does not accept this host name, for example because of an underscore. Use another"
                    + " name, or http://.");
        }
        return uri;
    }

    private static IllegalArgumentException notAUrl(BoutiqueService service, String url) {
        // The message is likely to be logged, so it shows no value that may contain credentials.
        var shown = url.contains("@") || url.contains("?")
                ? "The value is not shown, because it may contain credentials."
                : "The value is '" + url + "'.";
        return new IllegalArgumentException("The base URL of " + service
                + " must start with http:// or https:// and have a host, with a valid port if any, and without a query or"
                + " a fragment. " + shown);
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
     *
     * @throws IllegalArgumentException if {@code portBase} is not 1 to 65529
     */
    public BoutiqueClientBuilder local(int portBase) {
        if (portBase < 1 || portBase > HIGHEST_PORT_BASE) {
            throw new IllegalArgumentException(
                    "portBase must be 1 to " + HIGHEST_PORT_BASE + ", but is " + portBase + ".");
        }
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
        apiKeys.put(Objects.requireNonNull(service, "service"), credential(key));
        return this;
    }

    private static String credential(String key) {
        if (Objects.requireNonNull(key, "key").isEmpty() || !key.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
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
     * Defaults to 10 seconds.
     *
     * @throws IllegalArgumentException if the timeout is not 1 millisecond to 24 hours
     */
    public BoutiqueClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = Timeouts.checked("connectTimeout", timeout);
        return this;
    }

    /**
     * Sets the time limit for one attempt, from its start, which includes establishing a connection, until the response
     * is complete. It cannot end the look-up of a host name by the operating system, which has its own time limit.
     * Defaults to 10 seconds.
     *
     * @throws IllegalArgumentException if the timeout is not 1 millisecond to 24 hours
     */
    public BoutiqueClientBuilder attemptTimeout(Duration timeout) {
        attemptTimeout = Timeouts.checked("attemptTimeout", timeout);
        return this;
    }

    /**
     * Sets the time limit for a call, including all its attempts and the pauses between them. Defaults to 30 seconds.
     *
     * @throws IllegalArgumentException if the timeout is not 1 millisecond to 24 hours
     */
    public BoutiqueClientBuilder timeout(Duration timeout) {
        this.timeout = Timeouts.checked("timeout", timeout);
        return this;
    }

    /**
     * Sets the maximum number of retries of a call, 0 to 10. The SDK retries a call only if a retry is safe. Defaults
     * to 2.
     *
     * @throws IllegalArgumentException if the number is not 0 to 10
     */
    public BoutiqueClientBuilder maxRetries(int maxRetries) {
        if (maxRetries < 0 || maxRetries > 10) {
            throw new IllegalArgumentException("The number of retries must be 0 to 10, but is " + maxRetries + ".");
        }
        this.maxRetries = maxRetries;
        return this;
    }

    /**
     * Sets the maximum number of requests that run at the same time at one host and port, 1 to 10,000. Further requests
     * wait in the order in which they came; the time that they wait counts towards the total timeout, but not towards
     * the request timeout. Defaults to 64: a server or a proxy with its default settings accepts that many connections
     * or HTTP/2 streams, even from several clients.
     *
     * @throws IllegalArgumentException if the number is not 1 to 10,000
     */
    public BoutiqueClientBuilder maxConcurrentRequests(int requests) {
        if (requests < 1 || requests > MOST_CONCURRENT_REQUESTS) {
            throw new IllegalArgumentException(
                    "maxConcurrentRequests must be 1 to " + MOST_CONCURRENT_REQUESTS + ", but is " + requests + ".");
        }
        maxConcurrentRequests = requests;
        return this;
    }

    /**
     * Sets a header for all requests. It replaces a header with the same name. {@link RequestOptions#withHeader} can
     * replace it for one call. Defaults to none.
     *
     * @throws IllegalArgumentException if the SDK sets this header itself, or if HTTP does not allow its name or value
     */
    public BoutiqueClientBuilder putHeader(String name, String value) {
        headers.put(Headers.name(name), Headers.value(name, value));
        return this;
    }

    /**
     * Sets the proxies, for example {@code ProxySelector.of(new InetSocketAddress("proxy.example", 3128))}. Defaults to
     * the JDK's proxy selector, which reads system properties such as {@code https.proxyHost}. For a proxy that
     * requires credentials, set an {@link #httpClient} with an authenticator.
     */
    public BoutiqueClientBuilder proxy(ProxySelector proxies) {
        proxy = Objects.requireNonNull(proxies, "proxies");
        return this;
    }

    /** Sets the TLS context, for example with your own certificate authority. Defaults to the JDK's. */
    public BoutiqueClientBuilder sslContext(SSLContext context) {
        sslContext = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Sets the executor that runs the tasks of the HTTP client and the steps of asynchronous calls. Its threads must
     * not all be busy with blocking calls, because these calls need it. You must shut it down yourself. Defaults to
     * threads of the HTTP client and the JDK's common pool.
     */
    public BoutiqueClientBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Sets the HTTP client, for example one with an authenticator for a proxy. You must close it yourself. Unlike the
     * default client, it may use HTTP/2. It excludes {@link #proxy}, {@link #sslContext} and {@link #executor}: set
     * these on the HTTP client. Defaults to a new client that uses HTTP/1.1, because all HTTP/2 requests to a host share
     * one connection.
     *
     * @throws IllegalArgumentException if the client follows redirects, because redirects would send the credentials
     *     elsewhere
     */
    public BoutiqueClientBuilder httpClient(HttpClient client) {
        if (Objects.requireNonNull(client, "client").followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "The HTTP client must not follow redirects, because they would send the credentials elsewhere.");
        }
        httpClient = client;
        return this;
    }

    /** Sets the source of the time for deadlines. Only tests need another one than {@link System#nanoTime()}. */
    BoutiqueClientBuilder nanoTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        return this;
    }

    /** Sets the sleeper that waits between attempts. Defaults to {@link Thread#sleep(long)} and the JDK's scheduler. */
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
        Objects.requireNonNull(variables, "variables");
        for (var service : BoutiqueService.values()) {
            var prefix = "BOUTIQUE_" + service.name();
            variable(variables, prefix + "_URL", url -> baseUrl(service, url));
            variable(variables, prefix + "_API_KEY", key -> apiKey(service, key));
        }
        variable(variables, "BOUTIQUE_API_KEY", this::apiKey);
        if (baseUrls.isEmpty()) {
            throw new IllegalArgumentException(
                    "The environment contains no base URL. Set BOUTIQUE_FOOD_URL or another BOUTIQUE_<SERVICE>_URL.");
        }
        return this;
    }

    /** An empty variable counts as not set, because Docker Compose passes a variable without a value in this way. */
    private static void variable(Map<String, String> variables, String name, Consumer<String> option) {
        var value = variables.get(name);
        if (value == null || value.isEmpty()) {
            return;
        }
        try {
            option.accept(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Builds a client with the current options.
     *
     * @throws IllegalStateException if options contradict each other: an own {@link #httpClient} excludes {@link #proxy},
     *     {@link #sslContext} and {@link #executor}, and on a JDK older than 24, it must not have an authenticator if a
     *     {@link #token} is set
     */
    public BoutiqueClient build() {
        checkOptions();
        var http = httpClient != null ? httpClient : newHttpClient();
        return new ServiceClients(
                new BoutiqueClientBuilder(this), new JdkExchange(http, httpClient == null, maxConcurrentRequests));
    }

    private HttpClient newHttpClient() {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER);
        if (proxy != null) {
            http.proxy(proxy);
        }
        if (sslContext != null) {
            http.sslContext(sslContext);
        }
        if (executor != null) {
            http.executor(executor);
        }
        return http.build();
    }

    void checkOptions() {
        if (httpClient == null) {
            return;
        }
        if (proxy != null || sslContext != null || executor != null) {
            throw new IllegalStateException(
                    "With httpClient, set proxy, sslContext and executor on the HttpClient instead of this builder.");
        }
        if (token != null
                && httpClient.authenticator().isPresent()
                && Runtime.version().feature() < 24) {
            throw new IllegalStateException("Before JDK 24, an HttpClient with an authenticator does not send the token"
                    + " (JDK-8326949). Use apiKey, an HttpClient without an authenticator, or JDK 24 or newer.");
        }
    }

    boolean sharesConnectionsWith(BoutiqueClientBuilder other) {
        return httpClient == other.httpClient
                && connectTimeout.equals(other.connectTimeout)
                && proxy == other.proxy
                && sslContext == other.sslContext
                && executor == other.executor
                && maxConcurrentRequests == other.maxConcurrentRequests;
    }

    Settings settings() {
        return new Settings(
                baseUrls,
                apiKeys,
                apiKey,
                token,
                headers,
                attemptTimeout,
                timeout,
                maxRetries,
                nanoTime,
                sleeper,
                // Every thread uses its own generator, because threads share the client.
                () -> ThreadLocalRandom.current().nextLong(),
                logger,
                listeners);
    }
}
