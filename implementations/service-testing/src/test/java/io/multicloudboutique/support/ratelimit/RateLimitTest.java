package io.multicloudboutique.support.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.RunningService;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rate limit of a service with open access, where the caller is the client's address. The service has no operations
 * of its own, so a request within the limit gets 404.
 */
class RateLimitTest {

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @RegisterExtension
    static final RunningService service = RunningService.of(
            EmptyService.class,
            "food",
            () -> "boutique.security.mode=none",
            () -> "boutique.cors.allowed-origins=https://shop.example",
            () -> "boutique.rate-limit.requests-per-second=2");

    @Test
    void theHeadersCountDownToTheLimit() {
        await().untilAsserted(
                        () -> { // again if the three requests took so long that a token was refilled
                            var address = newAddress();
                            var first = from(address).expected(404);
                            assertThat(first.header("RateLimit-Policy")).isEqualTo("\"caller\";q=2;w=1");
                            assertThat(first.header("RateLimit")).isEqualTo("\"caller\";r=1;t=1");
                            assertThat(from(address).expected(404).header("RateLimit"))
                                    .isEqualTo("\"caller\";r=0;t=1");

                            var third = from(address).expected(429);
                            assertThat(third.header("RateLimit-Policy")).isEqualTo("\"caller\";q=2;w=1");
                            assertThat(third.header("RateLimit")).isEqualTo("\"caller\";r=0;t=1");
                            assertThat(third.header("Retry-After")).isEqualTo("1");
                            assertThat(third.json().path("code").asString()).isEqualTo("rate-limited");
                            assertThat(third.json().path("detail").asString())
                                    .isEqualTo(
                                            "You sent more than 2 requests per second. Try again after the delay in Retry-After.");
                        });
    }

    @Test
    void eachAddressHasItsOwnLimit() {
        var address = newAddress();
        await().until(() -> from(address).status() == 429);

        from(newAddress()).expected(404);
    }

    @Test
    void aRejectedCallerIsServedAgainAfterRetryAfter() {
        var address = newAddress();
        await().until(() -> from(address).status() == 429);

        await().until(() -> from(address).status() == 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/livez", "/readyz"})
    void healthIsNotLimited(String path) {
        for (var i = 0; i < 20; i++) {
            assertThat(service.client().get(path).expect(200).header("RateLimit"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/openapi.json", "/swagger-ui.html", "/swagger-ui/initializer.js"})
    void theContractAndSwaggerUiAreNotLimited(String path) throws Exception {
        for (var i = 0; i < 20; i++) {
            assertThat(get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPageOfAnAllowedOriginMayReadTheHeaders() {
        var answer = service.client()
                .get("/food/1")
                .header("X-Forwarded-For", newAddress())
                .header("Origin", "https://shop.example")
                .expect(404);

        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("Next-Cursor", "RateLimit-Policy, RateLimit,");
    }

    private static HttpResponse<Void> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(service.url().resolve(path));
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding());
    }

    private static String newAddress() {
        return "192.0.2." + ADDRESSES.incrementAndGet();
    }

    private static Answer from(String address) {
        return service.client()
                .get("/food/1")
                .header("X-Forwarded-For", address)
                .send();
    }
}
