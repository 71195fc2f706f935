package io.multicloudboutique.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.multicloudboutique.client.checkout.Checkout;
import io.multicloudboutique.client.checkout.Order;
import io.multicloudboutique.client.checkout.OrderLine;
import io.multicloudboutique.client.checkout.Payments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid input is rejected where it is given, and the message names the option and its range. */
class InputTest {

    private static final Payments PAYMENTS = new Payments() {

        @Override
        public void charge(String orderId, BigDecimal amount) {}

        @Override
        public void refund(String orderId) {}
    };

    private static final OrderLine LINE = OrderLine.food(1, 1);

    static Stream<Arguments> timeouts() {
        List<Map.Entry<String, BiConsumer<BoutiqueClientBuilder, Duration>>> options = List.of(
                Map.entry("connectTimeout", BoutiqueClientBuilder::connectTimeout),
                Map.entry("attemptTimeout", BoutiqueClientBuilder::attemptTimeout),
                Map.entry("timeout", BoutiqueClientBuilder::timeout),
                Map.entry("timeout", (builder, timeout) -> RequestOptions.none().withTimeout(timeout)));
        return options.stream()
                .flatMap(option -> Stream.of(
                                ChronoUnit.FOREVER.getDuration(),
                                Duration.ofHours(24).plusNanos(1),
                                Duration.ofNanos(999_999),
                                Duration.ZERO,
                                Duration.ofSeconds(-1))
                        .map(timeout -> arguments(option.getKey(), option.getValue(), timeout)));
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void aTimeoutOutOfRangeIsRejected(
            String option, BiConsumer<BoutiqueClientBuilder, Duration> setter, Duration timeout) {
        assertThatThrownBy(() -> setter.accept(BoutiqueClient.builder(), timeout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(option + " must be 1 millisecond to 24 hours, but is " + timeout + ".");
    }

    @Test
    void theLongestAndTheShortestTimeoutsWork() throws Exception {
        try (var server = new ScriptedServer(ScriptedServer.json(200, """
                        {"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
                        "lastUpdated":"2026-01-20T10:30:00.125Z"}"""));
                var client = BoutiqueClient.builder()
                        .baseUrl(BoutiqueService.INVENTORY, server.url())
                        .connectTimeout(Duration.ofHours(24))
                        .attemptTimeout(Duration.ofHours(24))
                        .timeout(Duration.ofHours(24))
                        .build()) {
            assertThat(client.inventory().getProduct("A").name()).isEqualTo("Lamp");
            assertThatCode(() -> client.withOptions(options ->
                            options.attemptTimeout(Duration.ofMillis(1)).timeout(Duration.ofMillis(1))))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1.5S", "PT48H", "PT24H0.001S", "-PT1S", "PT2562047788015215H30M7.999999999S"})
    void aHoldTimeOutOfRangeIsRejected(String holdTime) {
        try (var boutique = BoutiqueClient.local()) {
            var checkout = Checkout.of(boutique, PAYMENTS);

            assertThatThrownBy(() -> checkout.withHoldTime(Duration.parse(holdTime)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("holdTime must be 1 second to 24 hours, in whole seconds, but is "
                            + Duration.parse(holdTime) + ".");
            assertThatCode(() -> checkout.withHoldTime(Duration.ofHours(24)).withHoldTime(Duration.ofSeconds(1)))
                    .doesNotThrowAnyException();
        }
    }

    static Stream<Arguments> missingArguments() {
        var builder = BoutiqueClient.builder();
        var boutique = BoutiqueClient.local();
        var checkout = Checkout.of(boutique, PAYMENTS);
        return Stream.of(
                missing("service", () -> builder.baseUrl(null, "http://food.example")),
                missing("url", () -> builder.baseUrl(BoutiqueService.FOOD, null)),
                missing("key", () -> builder.apiKey(null)),
                missing("service", () -> builder.apiKey(null, "key")),
                missing("key", () -> builder.apiKey(BoutiqueService.FOOD, null)),
                missing("token", () -> builder.token(null)),
                missing("connectTimeout", () -> builder.connectTimeout(null)),
                missing("attemptTimeout", () -> builder.attemptTimeout(null)),
                missing("timeout", () -> builder.timeout(null)),
                missing("client", () -> builder.httpClient(null)),
                missing("proxies", () -> builder.proxy(null)),
                missing("context", () -> builder.sslContext(null)),
                missing("executor", () -> builder.executor(null)),
                missing("name", () -> builder.putHeader(null, "value")),
                missing("value", () -> builder.putHeader("X-Name", null)),
                missing("sleeper", () -> builder.sleeper(null)),
                missing("logger", () -> builder.logger(null)),
                missing("listener", () -> builder.addAttemptListener(null)),
                missing("variables", () -> BoutiqueClient.fromEnv(null)),
                missing("options", () -> boutique.withOptions(null)),
                missing("timeout", () -> RequestOptions.none().withTimeout(null)),
                missing("key", () -> RequestOptions.none().withIdempotencyKey(null)),
                missing("etag", () -> RequestOptions.none().withIfMatch(null)),
                missing("name", () -> RequestOptions.none().withHeader(null, "value")),
                missing("value", () -> RequestOptions.none().withHeader("X-Name", null)),
                missing("boutique", () -> Checkout.of(null, PAYMENTS)),
                missing("payments", () -> Checkout.of(boutique, null)),
                missing("holdTime", () -> checkout.withHoldTime(null)),
                missing("clock", () -> checkout.withClock(null)),
                missing("order", () -> checkout.place(null)),
                missing("id", () -> Order.of(null, LINE)),
                missing("lines", () -> Order.of("order-1", (List<OrderLine>) null)),
                missing("line", () -> Order.of("order-1", Arrays.asList(LINE, null))),
                missing("customer", () -> Order.of("order-1", LINE).withCustomer(null)),
                missing("productId", () -> OrderLine.product(null, 1, BigDecimal.ONE)),
                missing("price", () -> OrderLine.product("A", 1, null)));
    }

    private static Arguments missing(String parameter, ThrowingCallable call) {
        return arguments(parameter, call);
    }

    @ParameterizedTest
    @MethodSource("missingArguments")
    void aMissingArgumentIsNamed(String parameter, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(parameter);
    }

    @ParameterizedTest
    @ValueSource(ints = {-8080, 0, 65530, 65535, Integer.MAX_VALUE})
    void aPortBaseWithoutRoomForSixPortsIsRejected(int portBase) {
        assertThatThrownBy(() -> BoutiqueClient.builder().local(portBase))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("portBase must be 1 to 65529, but is " + portBase + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://food:0", "http://food:65536", "http://food_service:99999", "http://food:port"})
    void aBaseUrlWithAnInvalidPortIsRejected(String url) {
        assertThatThrownBy(() -> BoutiqueClient.builder().baseUrl(BoutiqueService.FOOD, url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base URL of food")
                .hasMessageContaining(url);
    }

    @Test
    void anEmptyVariableCountsAsNotSet() throws Exception {
        try (var server = new ScriptedServer(ScriptedServer.json(200, "{}"));
                var client = BoutiqueClient.fromEnv(Map.of(
                        "BOUTIQUE_INVENTORY_URL", server.url(),
                        "BOUTIQUE_FOOD_URL", "",
                        "BOUTIQUE_API_KEY", "for-all",
                        "BOUTIQUE_INVENTORY_API_KEY", ""))) {
            assertThatThrownBy(() -> client.inventory().getProduct("A"));
            assertThatThrownBy(client::food).hasMessageContaining("BOUTIQUE_FOOD_URL");

            assertThat(server.requests().get(0).header("X-API-Key")).isEqualTo("for-all");
        }
        assertThatThrownBy(() -> BoutiqueClient.fromEnv(Map.of("BOUTIQUE_FOOD_URL", "", "BOUTIQUE_API_KEY", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The environment contains no base URL. Set BOUTIQUE_FOOD_URL or another BOUTIQUE_<SERVICE>_URL.");
    }

    @ParameterizedTest
    @CsvSource({
        "BOUTIQUE_CRM_URL, crm.example",
        "BOUTIQUE_CRM_URL, ' '",
        "BOUTIQUE_API_KEY, the secret",
        "BOUTIQUE_CRM_API_KEY, the secret",
    })
    void anInvalidVariableIsNamed(String variable, String value) {
        var variables = new HashMap<>(Map.of("BOUTIQUE_FOOD_URL", "http://food.example"));
        variables.put(variable, value);

        assertThatThrownBy(() -> BoutiqueClient.fromEnv(variables))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(variable + ": ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "order 1", "order\n1", "order\"1", "bestellung-ä"})
    void anOrderIdThatIsNotAReferenceIsRejected(String id) {
        assertThatThrownBy(() -> Order.of(id, LINE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("An order id must have 1 to 100 visible ASCII characters");
    }

    @Test
    void anOrderIdThatIsTooLongIsRejectedWithAShortMessage() {
        assertThatThrownBy(() -> Order.of("x".repeat(1_000_000), LINE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but has 1000000 characters");
        assertThat(Order.of("x".repeat(100), LINE).id()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0", "Jane\nSmith"})
    void aCustomerWithoutAVisibleLineIsRejectedWithoutShowingIt(String customer) {
        assertThatThrownBy(() -> Order.of("order-1", LINE).withCustomer(customer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A customer name must have 1 to 200 characters, at least one of them visible, and no control"
                                + " characters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "..", "ä"})
    void aProductIdThatCannotExistIsRejected(String id) {
        assertThatThrownBy(() -> OrderLine.product(id, 1, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A product id must have 1 to 64 letters, digits, _ and -, but is '" + id + "'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "0.001", "10000000", "1E+400", "1E+1000000000", "1E-1000000000"})
    void aPriceOutOfRangeIsRejected(String price) {
        assertThatThrownBy(() -> OrderLine.product("A", 1, new BigDecimal(price)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A price must be 0 to 9999999.99 with at most two decimal places, but is " + price + ".");
    }

    @Test
    void unusualPricesInRangeAreAccepted() {
        assertThatCode(() -> {
                    OrderLine.product("A", 1, new BigDecimal("9999999.99"));
                    OrderLine.product("A", 1, new BigDecimal("1E+2"));
                    OrderLine.product("A", 1, new BigDecimal("12.5000"));
                    OrderLine.product("A", 1, new BigDecimal("0E-1000000000"));
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void anItemIdThatCannotExistIsRejected(long id) {
        assertThatThrownBy(() -> OrderLine.food(id, 1)).hasMessage("An item id must be at least 1, but is " + id + ".");
        assertThatThrownBy(() -> OrderLine.furniture(id, 1))
                .hasMessage("An item id must be at least 1, but is " + id + ".");
    }
}
