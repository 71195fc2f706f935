package io.multicloudboutique.client.platform;

import static java.math.BigDecimal.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.analytics.NewMetric;
import io.multicloudboutique.client.errors.AuthenticationException;
import io.multicloudboutique.client.errors.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls to a platform that requires API keys. */
class CredentialsTest {

    private static final String KEY = "of-the-checkout";
    private static final String OTHER_KEY = "of-the-back-office";

    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(Map.of(
                "BOUTIQUE_SECURITY_MODE",
                "api-key",
                "BOUTIQUE_SECURITY_APIKEYS",
                "checkout=" + sha256(KEY) + ",office=" + sha256(OTHER_KEY)));
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void withoutAKeyOnlyHealthIsAccessible() {
        var client = platform.client();
        Healths.assertHealthy(client.inventory(), "inventory");
        List.<ThrowingCallable>of(
                        () -> client.analytics().createMetric(NewMetric.of("sdk-unauthenticated", ONE, true)),
                        () -> client.crm().getCustomer(1),
                        () -> client.inventory().listProducts().first(),
                        () -> client.furniture().deleteFurnitureItem(1),
                        () -> client.food().listFoodItems().first(),
                        () -> client.accounting().getTransaction(1))
                .forEach(call -> {
                    var failure = catchThrowableOfType(AuthenticationException.class, call);
                    assertThat(failure).isNotNull();
                    assertThat(failure.code()).isEqualTo(ProblemCode.UNAUTHENTICATED);
                    assertThat(failure.mayHaveTakenEffect()).isFalse();
                });
    }

    @Test
    void oneKeyCanBeUsedForAllServices() {
        try (var client = platform.builder().apiKey(KEY).build()) {
            assertReadsAll(client);
        }
    }

    @Test
    void theKeyCanBeReadFromTheEnvironment() {
        var variables = new HashMap<>(Map.of("BOUTIQUE_API_KEY", KEY));
        for (var service : BoutiqueService.values()) {
            variables.put("BOUTIQUE_" + service.name() + "_URL", platform.url(service));
        }
        try (var client = BoutiqueClient.fromEnv(variables)) {
            assertReadsAll(client);
        }
    }

    @Test
    void aServiceCanHaveItsOwnKey() {
        try (var client = platform.builder()
                .apiKey("wrong")
                .apiKey(BoutiqueService.CRM, OTHER_KEY)
                .build()) {
            assertThat(client.crm().getCustomer(1).name()).isEqualTo("John");
            assertThat(catchThrowableOfType(
                            AuthenticationException.class, () -> client.food().getFoodItem(1)))
                    .isNotNull()
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void idempotencyKeysAreSeparateForEachCaller() {
        var metric = NewMetric.of("sdk-callers", ONE, true);
        try (var one = platform.builder().apiKey(KEY).build();
                var other = platform.builder().apiKey(OTHER_KEY).build()) {
            one.analytics().createMetric(metric, "sdk-callers");
            other.analytics().createMetric(metric, "sdk-callers");
            assertThat(one.analytics().listMetrics())
                    .filteredOn(found -> found.transactionType().equals("sdk-callers"))
                    .hasSize(2);
        }
    }

    private static void assertReadsAll(BoutiqueClient client) {
        assertThat(client.analytics().listMetrics()).isNotEmpty();
        assertThat(client.crm().listCustomers()).isNotEmpty();
        assertThat(client.inventory().listProducts()).isNotEmpty();
        assertThat(client.furniture().listFurnitureItems()).isNotEmpty();
        assertThat(client.food().listFoodItems()).isNotEmpty();
        assertThat(client.accounting().listTransactions()).isNotEmpty();
    }

    private static String sha256(String key) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    }
}
