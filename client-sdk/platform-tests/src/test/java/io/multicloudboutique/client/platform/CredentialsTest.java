package io.multicloudboutique.client.platform;

import static java.math.BigDecimal.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.analytics.MetricDraft;
import io.multicloudboutique.client.errors.AuthenticationException;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.errors.RateLimitedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls to a platform that requires API keys and limits the requests of each caller. */
class CredentialsTest {

    private static final String KEY = "of-the-checkout";
    private static final String OTHER_KEY = "of-the-back-office";
    private static final String BUSY_KEY = "of-a-busy-caller";

    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(Map.of(
                "BOUTIQUE_SECURITY_MODE",
                "api-key",
                "BOUTIQUE_SECURITY_APIKEYS",
                "checkout=" + sha256(KEY) + ",office=" + sha256(OTHER_KEY) + ",busy=" + sha256(BUSY_KEY),
                "BOUTIQUE_RATELIMIT_REQUESTSPERSECOND",
                "4"));
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
                        () -> client.analytics().createMetric(MetricDraft.of("sdk-unauthenticated", ONE, true)),
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
        var metric = MetricDraft.of("sdk-callers", ONE, true);
        try (var one = platform.builder().apiKey(KEY).build();
                var other = platform.builder().apiKey(OTHER_KEY).build()) {
            one.analytics().createMetric(metric, RequestOptions.none().withIdempotencyKey("sdk-callers"));
            other.analytics().createMetric(metric, RequestOptions.none().withIdempotencyKey("sdk-callers"));
            assertThat(one.analytics().listMetrics())
                    .filteredOn(found -> found.transactionType().equals("sdk-callers"))
                    .hasSize(2);
        }
    }

    @Test
    void aRateLimitedCallerWaitsBeforeItsRetry() {
        try (var hasty = platform.builder().apiKey(BUSY_KEY).maxRetries(0).build();
                var patient = platform.builder().apiKey(BUSY_KEY).build()) {
            var failure = catchThrowableOfType(RateLimitedException.class, () -> {
                for (var i = 0; i < 100; i++) {
                    hasty.crm().getCustomer(1);
                }
            });

            assertThat(failure).isNotNull();
            assertThat(failure.code()).isEqualTo(ProblemCode.RATE_LIMITED);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
            assertThat(patient.crm().getCustomer(1).name()).isEqualTo("John");
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
