package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.ContractOperation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All six services require API keys. Food and accounting send their API key to their upstream services. */
class ProtectedPlatformTest {

    private static final String CHECKOUT_KEY = "key of the checkout";
    private static final String SERVICES_KEY = "key of food and accounting";
    private static final Map<String, String> IDS =
            Map.of("id", "1", "productId", "OLJCESPC7Z", "reservationId", "6f1a6a6c-62c5-4d2c-9a3e-0f6f3f0b8d5e");

    private static final Set<String> OPEN = Set.of("getHealth", "getLiveness", "getReadiness");

    @TempDir
    static Path dataFolder;

    private static RunningLauncher launcher;

    @BeforeAll
    static void start() throws Exception {
        launcher = RunningLauncher.up(
                RunningLauncher.freePortBase(),
                dataFolder,
                Map.of(
                        "BOUTIQUE_SECURITY_MODE",
                        "api-key",
                        "BOUTIQUE_SECURITY_APIKEYS",
                        "checkout=" + sha256(CHECKOUT_KEY) + ",services=" + sha256(SERVICES_KEY),
                        "INVENTORY_API_KEY",
                        SERVICES_KEY,
                        "CRM_API_KEY",
                        SERVICES_KEY));
    }

    @AfterAll
    static void stop() {
        launcher.close();
    }

    @ParameterizedTest
    @EnumSource
    void withoutAKeyOnlyHealthOperationsAreOpen(Service service) {
        for (var operation : ContractOperation.of(service.id())) {
            var call = launcher.client(service).call(operation.method(), operation.pathOf(IDS));
            operation.requests().values().stream().findFirst().ifPresent(body -> call.json(body.toString()));
            if (OPEN.contains(operation.id())) {
                assertThat(call.send().status()).as(operation.id()).isNotEqualTo(401);
            } else {
                call.expectProblem(401, "unauthenticated");
            }
        }
    }

    @Test
    void foodAndAccountingSendTheirKeyToTheirUpstreamServices() {
        await().until(() ->
                list(Service.FOOD, "/food").json().at("/inventoryCheck/checked").asBoolean());
        await().until(() -> list(Service.ACCOUNTING, "/transactions")
                .json()
                .at("/crmIntegration/connected")
                .asBoolean());
    }

    @Test
    void theStartPageSaysThatCredentialsAreNeededAndStopsNoService() {
        assertThat(Browser.get(launcher.page(), "/live.json").body()).contains("\"credentials\":\"api-key\"");
        assertThat(Browser.post(
                                launcher.page(),
                                "/services/crm/stop",
                                "Origin",
                                launcher.page().toString())
                        .statusCode())
                .isEqualTo(403);
        assertThat(launcher.client(Service.CRM).get("/health").send().status()).isEqualTo(200);
    }

    private static Answer list(Service service, String path) {
        return launcher.client(service)
                .get(path)
                .header("X-API-Key", CHECKOUT_KEY)
                .expect(200);
    }

    private static String sha256(String key) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    }
}
