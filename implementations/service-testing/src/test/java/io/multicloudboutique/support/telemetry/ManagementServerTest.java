package io.multicloudboutique.support.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.testing.RunningService;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The management server of a service that asks its clients for API keys and limits their requests. */
class ManagementServerTest {

    private static final String KEY = "key";
    private static final String KEY_HASH = "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683";

    @RegisterExtension
    static final RunningService service = RunningService.of(
            EmptyService.class,
            "food",
            () -> "boutique.security.mode=api-key",
            () -> "boutique.security.api-keys=checkout=" + KEY_HASH,
            () -> "boutique.rate-limit.requests-per-second=5");

    @Test
    void theMetricsNeedNoCredentialsAndHaveNoRateLimit() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(get(service.managementUrl(), "/actuator/prometheus").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void thePublicPortDoesNotServeTheMetrics() throws Exception {
        for (var path : new String[] {"/actuator", "/actuator/prometheus", "/actuator/health"}) {
            assertThat(send(HttpRequest.newBuilder(service.url().resolve(path)).header("X-API-Key", KEY))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void onlyThisMachineCanReachTheManagementServer() throws Exception {
        var others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        assertThat(others).as("addresses that other machines can reach").isNotEmpty();
        for (var address : others) {
            assertThatThrownBy(() -> new Socket(address, service.managementUrl().getPort()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void scrapesAreNotCountedAsRequests() throws Exception {
        get(service.url(), "/unknown/" + System.nanoTime());
        var first = service.scrape().value("http_server_request_duration_seconds_count");
        var second = service.scrape().value("http_server_request_duration_seconds_count");

        assertThat(first).isPositive().isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/env",
                "/actuator/configprops",
                "/actuator/heapdump",
                "/actuator/loggers",
                "/actuator/shutdown",
                "/actuator/beans",
                "/actuator/threaddump",
                "/health",
                "/openapi.yaml",
                "/food"
            })
    void theManagementServerServesNothingElse(String path) throws Exception {
        assertThat(get(service.managementUrl(), path).statusCode()).isEqualTo(404);
        var post = HttpRequest.newBuilder(service.managementUrl().resolve(path)).POST(BodyPublishers.noBody());
        assertThat(send(post).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> get(URI server, String path) throws Exception {
        return send(HttpRequest.newBuilder(server.resolve(path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
