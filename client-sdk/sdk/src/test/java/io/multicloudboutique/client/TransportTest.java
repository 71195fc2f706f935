package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.answer;
import static io.multicloudboutique.client.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.errors.ConnectionException;
import io.multicloudboutique.client.errors.InterruptedCallException;
import io.multicloudboutique.client.errors.TimeoutException;
import io.multicloudboutique.client.food.FoodItemChange;
import io.multicloudboutique.client.food.FoodItemDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections: failures to connect, proxies, TLS, headers, and the limit of concurrent requests. */
class TransportTest {

    private static final String ITEM = """
            {"id":1,"name":"Pizza","category":"Main","price":12.5,"available":true}""";
    private static final FoodItemDraft PIZZA = FoodItemDraft.of("Pizza", "Main", new BigDecimal("12.50"));

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var resource : open) {
            resource.close();
        }
    }

    private ScriptedServer server(Step... steps) {
        var server = new ScriptedServer(steps);
        open.add(server);
        return server;
    }

    private ScriptedServer serverWithTls(Step... steps) {
        var server = ScriptedServer.withTls(steps);
        open.add(server);
        return server;
    }

    private static BoutiqueClientBuilder builder(String url) {
        return BoutiqueClient.builder()
                .baseUrl(BoutiqueService.FOOD, url)
                .sleeper(pause -> {})
                .connectTimeout(Duration.ofSeconds(60))
                .attemptTimeout(Duration.ofSeconds(60))
                .timeout(Duration.ofSeconds(60));
    }

    private BoutiqueClient client(BoutiqueClientBuilder builder) {
        var client = builder.build();
        open.add(client);
        return client;
    }

    /** One call that reads, and one for each way to change something: with a body, with a key, and without a body. */
    private static List<ThrowingCallable> calls(BoutiqueClient client) {
        return List.of(
                () -> client.food().getFoodItem(1),
                () -> client.food().createFoodItem(PIZZA),
                () -> client.food().updateFoodItem(1, FoodItemChange.none().withName("Salad")),
                () -> client.food().deleteFoodItem(1));
    }

    /** Asserts that each call fails without an effect, and returns the failure of the last call. */
    private static ConnectionException assertNotConnected(BoutiqueClient client) {
        ConnectionException failure = null;
        for (var call : calls(client)) {
            failure = catchThrowableOfType(ConnectionException.class, call);
            assertThat(failure.mayHaveTakenEffect()).as(failure.getMessage()).isFalse();
        }
        return failure;
    }

    @Test
    void anUnknownHostIsNamed() {
        var failure = assertNotConnected(client(builder("http://no-such-host.invalid:8081")));

        assertThat(failure)
                .hasMessageContaining("the host name of no-such-host.invalid:8081 is unknown")
                .hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void aRefusedConnectionNamesTheHostAndThePort() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        var failure = assertNotConnected(client(builder("http://127.0.0.1:" + port)));

        assertThat(failure)
                .hasMessageContaining("no connection to 127.0.0.1:" + port + ": refused")
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void aCertificateThatIsNotTrustedIsAFailureOfTls() {
        var failure =
                assertNotConnected(client(builder(serverWithTls(json(200, ITEM)).url())));

        assertThat(failure)
                .hasMessageContaining("TLS failed")
                .hasMessageContaining("unable to find valid certification path")
                .hasCauseInstanceOf(SSLException.class);
    }

    @Test
    void aServerWithoutTlsIsAFailureOfTls() {
        var plain = new ServerSocketThatSaysBadRequest();
        open.add(plain);

        var failure = assertNotConnected(client(builder("https://127.0.0.1:" + plain.port())));

        assertThat(failure).hasMessageContaining("TLS failed").hasCauseInstanceOf(SSLException.class);
    }

    @Test
    void theTlsContextOfTheApplicationIsUsed() {
        var server = serverWithTls(json(200, ITEM));

        var item = client(builder(server.url()).sslContext(ScriptedServer.certificate()))
                .food()
                .getFoodItem(1);

        assertThat(item.name()).isEqualTo("Pizza");
    }

    @Test
    void theProxyOfTheApplicationIsUsed() {
        var proxy = server(json(200, ITEM));

        client(builder("http://food.example").proxy(at(proxy))).food().getFoodItem(1);

        assertThat(proxy.requests().get(0).target()).isEqualTo("http://food.example/food/1");
    }

    private static ProxySelector at(ScriptedServer proxy) {
        return ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port()));
    }

    @Test
    void aProxyThatWantsCredentialsIsAFailedConnectionThatIsNotRetried() {
        var proxy = server(answer(407, "text/html", "<html>", "Proxy-Authenticate: Basic realm=\"proxy\""));

        var failure = assertNotConnected(client(builder("https://food.example").proxy(at(proxy))));

        assertThat(failure).hasMessageContaining("the proxy requires credentials");
        assertThat(proxy.requests())
                .hasSize(4)
                .allSatisfy(sent -> assertThat(sent.method()).isEqualTo("CONNECT"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 502, 503})
    void aProxyThatRejectsTheConnectionIsAFailedConnection(int status) {
        var proxy = server(answer(status, "text/html", "<html>"));

        var failure = assertNotConnected(client(builder("https://food.example").proxy(at(proxy))));

        assertThat(failure).hasMessageContaining("got: " + status);
    }

    @Test
    void anUnreachableProxyIsNamed() throws Exception {
        var proxy = server();
        proxy.close();

        var failure = assertNotConnected(client(builder("https://food.example").proxy(at(proxy))));

        assertThat(failure).hasMessageContaining("no connection to the proxy 127.0.0.1:" + proxy.port());
    }

    /** Some versions of JDK 17 send the header for any request without a body. */
    @Test
    void aRequestWithoutABodyHasNoContentLengthUnlessTheJdkInsists() throws Exception {
        var server =
                server(json(200, ITEM), json(200, ITEM), json(200, "{\"message\":\"Deleted\",\"item\":" + ITEM + "}"));
        HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(server.url())).build(), HttpResponse.BodyHandlers.discarding());
        var client = client(builder(server.url()));

        client.food().getFoodItem(1);
        client.food().deleteFoodItem(1);

        var insists = server.requests().get(0).header("Content-Length");
        assertThat(server.requests())
                .hasSize(3)
                .allSatisfy(sent -> assertThat(sent.header("Content-Length")).isEqualTo(insists));
    }

    @Test
    void theUserAgentNamesTheVersionsOfTheSdkAndOfTheJdk() {
        var server = server(json(200, ITEM));

        client(builder(server.url())).food().getFoodItem(1);

        assertThat(server.requests().get(0).header("User-Agent"))
                .matches("boutique-client-sdk/[0-9]+[.][0-9]+[.][0-9]+(-SNAPSHOT)? java/"
                        + System.getProperty("java.version"));
    }

    @Test
    void aDefaultHeaderIsSentWithEachRequest() {
        var server = server(json(200, ITEM));
        var client = client(builder(server.url())
                .putHeader("Accept-Language", "de")
                .putHeader("accept-language", "en")
                .putHeader("X-Braces", "{id}"));

        client.food().getFoodItem(1);

        var sent = server.requests().get(0);
        assertThat(sent.header("Accept-Language")).isEqualTo("en");
        assertThat(sent.header("X-Braces")).isEqualTo("{id}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "X-API-Key", "Idempotency-Key", "Host", "Content-Length", "a b", ""})
    void aHeaderOfTheSdkOrOfTheJdkCannotBeSet(String name) {
        assertThatThrownBy(() -> BoutiqueClient.builder().putHeader(name, "value"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOwnHttpClientExcludesTheOptionsOfTheDefaultClient() throws Exception {
        var tls = SSLContext.getDefault();
        var options = List.<Consumer<BoutiqueClientBuilder>>of(
                builder -> builder.proxy(ProxySelector.getDefault()),
                builder -> builder.sslContext(tls),
                builder -> builder.executor(Runnable::run));

        for (var option : options) {
            var builder = builder("http://127.0.0.1:1").httpClient(HttpClient.newHttpClient());
            option.accept(builder);
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("set proxy, sslContext and executor on the HttpClient");
        }
    }

    /** Before JDK 24, the JDK's client drops the token (JDK-8326949). */
    @Test
    void aTokenIsSentThroughAClientWithAnAuthenticatorOrRefused() {
        var server = server(json(200, ITEM));
        var http = HttpClient.newBuilder().authenticator(new Authenticator() {}).build();
        var builder = builder(server.url()).httpClient(http).token(() -> "secret");

        if (Runtime.version().feature() < 24) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("JDK-8326949");
            var client = client(builder(server.url()).httpClient(http));
            assertThatThrownBy(() -> client.withOptions(options -> options.token(() -> "secret")))
                    .isInstanceOf(IllegalStateException.class);
        } else {
            client(builder).food().getFoodItem(1);
            assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer secret");
        }
    }

    @Test
    void theTasksOfTheHttpClientRunOnTheExecutorOfTheApplication() {
        var tasks = new AtomicInteger();
        var threads = Executors.newCachedThreadPool();
        open.add(threads::shutdownNow);
        var server = server(json(200, ITEM));

        client(builder(server.url()).executor(task -> {
                    tasks.incrementAndGet();
                    threads.execute(task);
                }))
                .food()
                .getFoodItem(1);

        assertThat(tasks).hasPositiveValue();
    }

    /** The server holds back each response until as many requests have arrived as may run at the same time. */
    @Test
    void noMoreRequestsRunAtTheSameTimeThanPermittedAndAllSucceed() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var arrived = new Semaphore(0);
        var ends = new Semaphore(0);
        var server = server((request, out, socket) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            arrived.release();
            ends.acquire();
            // Before the response, because the client may send the next request as soon as it has the response.
            running.decrementAndGet();
            json(200, ITEM).answer(request, out, socket);
        });
        var client = client(builder(server.url()).maxConcurrentRequests(3));
        var threads = Executors.newFixedThreadPool(50);
        open.add(threads::shutdownNow);

        var calls = IntStream.range(0, 100)
                .<Future<?>>mapToObj(i -> threads.submit(() -> client.food().getFoodItem(1)))
                .toList();
        assertThat(arrived.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();
        for (var i = 3; i < calls.size(); i++) {
            ends.release();
            assertThat(arrived.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        }
        ends.release(3);
        for (var call : calls) {
            call.get(30, TimeUnit.SECONDS);
        }

        assertThat(most).hasValue(3);
    }

    @Test
    void viewsShareTheLimitOfTheirClient() {
        var client = client(builder("http://127.0.0.1:1"));

        assertThatThrownBy(() -> client.withOptions(options -> options.maxConcurrentRequests(1000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxConcurrentRequests");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void aLimitOutOfRangeIsRejected(int limit) {
        assertThatThrownBy(() -> BoutiqueClient.builder().maxConcurrentRequests(limit))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCallThatTimesOutWhileItWaitsForOthersWasNotSent() throws Exception {
        try (var busy = new Busy()) {
            var failure = catchThrowableOfType(
                    TimeoutException.class,
                    () -> busy.client
                            .withOptions(options -> options.timeout(Duration.ofMillis(50)))
                            .food()
                            .createFoodItem(PIZZA));

            assertThat(failure.mayHaveTakenEffect()).isFalse();
            assertThat(failure.call().attempts()).isZero();
            assertThat(failure).hasMessageContaining("maxConcurrentRequests");
            assertThat(busy.server.requests()).hasSize(1);
        }
    }

    @Test
    void anInterruptEndsACallThatWaitsForOthers() throws Exception {
        try (var busy = new Busy()) {
            Thread.currentThread().interrupt();

            var failure = catchThrowableOfType(
                    InterruptedCallException.class, () -> busy.client.food().createFoodItem(PIZZA));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.mayHaveTakenEffect()).isFalse();
            assertThat(busy.server.requests()).hasSize(1);
        }
    }

    @Test
    void aFailedRequestMakesRoomForTheNext() {
        var server = server(ScriptedServer.reset(), ScriptedServer.reset(), json(200, ITEM));

        var item = client(builder(server.url()).maxConcurrentRequests(1)).food().getFoodItem(1);

        assertThat(item.name()).isEqualTo("Pizza");
    }

    /** A client that may send one request at a time, whose server holds back the response to the first one. */
    private final class Busy implements AutoCloseable {

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final FutureTask<?> first;
        private final ScriptedServer server = server((request, out, socket) -> {
            arrived.countDown();
            end.await();
            json(200, ITEM).answer(request, out, socket);
        });
        private final BoutiqueClient client = client(builder(server.url()).maxConcurrentRequests(1));

        Busy() throws InterruptedException {
            first = new FutureTask<>(() -> client.food().getFoodItem(1));
            new Thread(first).start();
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() throws Exception {
            end.countDown();
            first.get(30, TimeUnit.SECONDS);
            // The place is free again.
            assertThat(client.food().getFoodItem(1).name()).isEqualTo("Pizza");
        }
    }

    /** Responds to anything with an HTTP error, like a web server without TLS. */
    private static final class ServerSocketThatSaysBadRequest implements AutoCloseable {

        private final ServerSocket socket;

        ServerSocketThatSaysBadRequest() {
            try {
                socket = new ServerSocket(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var thread = new Thread(this::serve, "plain-server");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (var connection = socket.accept()) {
                    connection.getInputStream().read(new byte[16]);
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The client has disconnected, or the test has ended.
                }
            }
        }

        @Override
        public void close() throws Exception {
            socket.close();
        }
    }
}
