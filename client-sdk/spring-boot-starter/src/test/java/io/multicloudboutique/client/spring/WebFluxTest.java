package io.multicloudboutique.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.inventory.Product;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** A WebFlux service with one event loop that calls the SDK as the README of the SDK recommends. */
class WebFluxTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Stock.class)
    static class Application {

        /** One event loop: with a second one, a blocked event loop would go unnoticed. */
        @Bean
        ReactorResourceFactory oneEventLoop() {
            var factory = new ReactorResourceFactory();
            factory.setUseGlobalResources(false);
            factory.setLoopResourcesSupplier(() -> LoopResources.create("only", 1, 1, true));
            return factory;
        }
    }

    @RestController
    static class Stock {

        private final BoutiqueClient boutique;

        Stock(BoutiqueClient boutique) {
            this.boutique = boutique;
        }

        @GetMapping("/stock/{productId}")
        Mono<Long> available(@PathVariable String productId) {
            return Mono.fromFuture(() -> boutique.async().inventory().getProduct(productId))
                    .map(Product::available);
        }

        @GetMapping("/ping")
        Mono<String> ping() {
            return Mono.just("pong");
        }
    }

    private static ConfigurableApplicationContext application(LocalService service) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .run(
                        "--spring.main.banner-mode=off",
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--boutique.client.inventory.url=" + service.url());
    }

    private static CompletableFuture<HttpResponse<String>> get(
            HttpClient http, ConfigurableApplicationContext application, String path) {
        var url = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path;
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(url))
                        .version(HttpClient.Version.HTTP_1_1)
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theEventLoopServesOtherRequestsWhileACallWaits() throws Exception {
        var arrived = new CountDownLatch(1);
        var otherRequestServed = new CountDownLatch(1);
        try (var service = new LocalService(() -> {
                    arrived.countDown();
                    otherRequestServed.await();
                });
                var application = application(service)) {
            var http = HttpClient.newHttpClient();
            var stock = get(http, application, "/stock/A");
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

            // A call on the event loop would block the loop until the service responds, but the service responds only
            // after this request.
            assertThat(get(http, application, "/ping").get(5, TimeUnit.SECONDS).body())
                    .isEqualTo("pong");
            otherRequestServed.countDown();

            assertThat(stock.get(30, TimeUnit.SECONDS).body()).isEqualTo("4");
        }
    }

    @Test
    void cancellingTheMonoEndsTheCall() throws Exception {
        var arrived = new CountDownLatch(1);
        var ended = new CompletableFuture<Throwable>();
        var never = new CountDownLatch(1);
        try (var service = new LocalService(() -> {
                    arrived.countDown();
                    never.await();
                });
                var boutique = BoutiqueClient.builder()
                        .baseUrl(BoutiqueService.INVENTORY, service.url())
                        .addAttemptListener(attempt ->
                                result -> ended.complete(result.failure().orElseThrow()))
                        .build()) {
            var subscription = Mono.fromFuture(
                            () -> boutique.async().inventory().getProduct("A"))
                    .subscribe();
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

            subscription.dispose();

            assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        }
    }
}
