package io.multicloudboutique.client.benchmarks;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.food.FoodItem;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Pairs of the same exchange: {@code …Jdk} with the JDK's HTTP client, which reads the response as bytes, and
 * {@code …Sdk} with the SDK, which also reads its JSON. {@link Overhead} runs them, one JVM for each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Calls {

    /** The system property with the URL of the server. */
    static final String SERVER = "server";

    private static final ReservationDraft CART =
            ReservationDraft.of(List.of(ReservationLine.of("OLJCESPC7Z", 1), ReservationLine.of("2ZYFJ3GM2N", 2)));

    private HttpClient jdk;
    private BoutiqueClient sdk;
    private Exchange get;
    private Exchange post;

    /** Creates the clients. Reads from requests of the SDK what the JDK's client sends. */
    @Setup
    public void open() {
        var url = System.getProperty(SERVER);
        jdk = HttpClient.newHttpClient();
        sdk = client(url);
        try (var server = new CannedServer();
                var recorded = client(server.url())) {
            recorded.food().getFoodItem(1);
            get = Exchange.like(server.last(), url);
            recorded.inventory().createReservation(CART);
            post = Exchange.like(server.last(), url);
        }
    }

    private static BoutiqueClient client(String url) {
        return BoutiqueClient.builder()
                .baseUrl(BoutiqueService.FOOD, url)
                .baseUrl(BoutiqueService.INVENTORY, url)
                .build();
    }

    @TearDown
    public void close() {
        sdk.close();
    }

    /** Repeats the request as the SDK does: on JDK 17, one in many thousands fails on a connection of the pool. */
    private HttpResponse<byte[]> send(Exchange exchange) throws IOException, InterruptedException {
        try {
            return jdk.send(exchange.request(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            return jdk.send(exchange.request(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Benchmark
    public HttpResponse<byte[]> getJdk() throws IOException, InterruptedException {
        return send(get);
    }

    @Benchmark
    public FoodItem getSdk() {
        return sdk.food().getFoodItem(1);
    }

    @Benchmark
    public HttpResponse<byte[]> postJdk() throws IOException, InterruptedException {
        return send(post);
    }

    @Benchmark
    public Reservation postSdk() {
        return sdk.inventory().createReservation(CART);
    }

    @Benchmark
    public HttpResponse<byte[]> asyncGetJdk() {
        return jdk.sendAsync(get.request(), HttpResponse.BodyHandlers.ofByteArray())
                .join();
    }

    @Benchmark
    public FoodItem asyncGetSdk() {
        return sdk.async().food().getFoodItem(1).join();
    }

    @Benchmark
    public HttpResponse<byte[]> asyncPostJdk() {
        return jdk.sendAsync(post.request(), HttpResponse.BodyHandlers.ofByteArray())
                .join();
    }

    @Benchmark
    public Reservation asyncPostSdk() {
        return sdk.async().inventory().createReservation(CART).join();
    }
}
