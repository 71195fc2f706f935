package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.multicloudboutique.client.ScriptedServer.Request;
import io.multicloudboutique.client.checkout.Checkout;
import io.multicloudboutique.client.checkout.Order;
import io.multicloudboutique.client.checkout.OrderIdReusedException;
import io.multicloudboutique.client.checkout.OrderLine;
import io.multicloudboutique.client.checkout.Payments;
import io.multicloudboutique.client.checkout.Receipt;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationStatus;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that continues an order extends the hold of the earlier run before it charges. The service of this test keeps the
 * times and the states of holds, so that they can change between two requests of a run.
 */
class CheckoutExtensionTest {

    private static final Instant START = Instant.parse("2026-01-20T10:30:00Z");
    private static final Order ORDER = Order.of("order-1", OrderLine.product("A", 1, new BigDecimal("10.00")));

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class Hold {

        private final String id = UUID.randomUUID().toString();
        private final String fingerprint;
        private String status = "active";
        private Instant end;

        Hold(String fingerprint, long ttlSeconds) {
            this.fingerprint = fingerprint;
            end = START.plusSeconds(ttlSeconds);
        }

        String json() {
            return """
                    {"reservationId":"%s","status":"%s","lines":[{"productId":"A","quantity":1}],"fingerprint":"%s",\
                    "createdAt":"%s","expiresAt":"%s"}""".formatted(id, status, fingerprint, START, end);
        }
    }

    private final ScriptedServer server =
            new ScriptedServer((request, out, socket) -> answer(request).answer(request, out, socket));
    private final BoutiqueClient boutique = BoutiqueClient.builder()
            .baseUrl(BoutiqueService.INVENTORY, server.url())
            .baseUrl(BoutiqueService.ACCOUNTING, server.url())
            .build();
    private final List<Hold> holds = new ArrayList<>();
    private String transactions = "";
    private int lastTransaction;

    /** The changes and the charges, in order. */
    private final List<String> steps = new ArrayList<>();

    /** The number of the charge that ends the process, counted from 1. */
    private int crash;

    private Runnable beforeExtension = () -> {};

    @AfterEach
    void close() throws Exception {
        boutique.close();
        server.close();
    }

    private ScriptedServer.Step answer(Request request) {
        var path = request.target().replaceFirst("\\?.*", "");
        var action = path.replaceFirst("^/reservations/[^/]+/", "");
        var body = request.body();
        if (!request.method().equals("GET")) {
            steps.add(action
                    + body.replaceFirst("\\{(\"ttlSeconds\":\\d+)}|.*", " $1").stripTrailing());
        }
        return switch (request.method() + " " + action) {
            case "GET /transactions" -> json(200, """
                        {"transactions":[%s],"summary":{"totalTransactions":0,"totalAmount":0},"crmIntegration":\
                        {"connected":false,"customers":[],"timestamp":"2026-01-20T10:30:00Z"}}""".formatted(transactions));
            case "GET /reservations" ->
                json(200, holds.stream().map(Hold::json).collect(Collectors.joining(",", "[", "]")));
            case "GET /inventory/A" -> json(200, """
                        {"productId":"A","name":"Lamp","stockLevel":5,"reserved":0,"available":5,\
                        "lastUpdated":"2026-01-20T10:30:00Z"}""");
            case "POST /reservations" -> {
                assertThat(request.header("Idempotency-Key")).isEqualTo("order-1/hold/" + holds.size());
                holds.add(new Hold(
                        field(body, "fingerprint"),
                        Long.parseLong(body.replaceFirst(".*\"ttlSeconds\":(\\d+).*", "$1"))));
                yield json(201, holds.get(holds.size() - 1).json());
            }
            case "POST extend" -> {
                beforeExtension.run();
                yield changed(path, "active");
            }
            case "POST confirm" -> changed(path, "confirmed");
            case "POST /transactions" -> {
                transactions = """
                        {"id":%d,"item":"1 x Lamp","price":10.00,"date":"2026-01-20","reference":"order-1",\
                        "fingerprint":"%s"}""".formatted(++lastTransaction, field(body, "fingerprint"));
                yield json(201, transactions);
            }
            case "DELETE /transactions/1" -> {
                var deleted = transactions;
                transactions = "";
                yield json(200, "{\"message\":\"Deleted.\",\"item\":" + deleted + "}");
            }
            default -> throw new AssertionError(request);
        };
    }

    private ScriptedServer.Step changed(String path, String status) {
        var hold = holds.stream()
                .filter(each -> path.contains(each.id))
                .findFirst()
                .orElseThrow();
        if (!hold.status.equals("active")) {
            return problem(409, "reservation-not-active", ",\"reservationStatus\":\"" + hold.status + "\"");
        }
        hold.status = status;
        return json(200, hold.json());
    }

    private static String field(String body, String name) {
        return body.replaceFirst(".*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    private Checkout checkout() {
        return Checkout.of(boutique, new Payments() {
            @Override
            public void charge(String orderId, BigDecimal amount) {
                if (--crash == 0) {
                    throw new Crash();
                }
                steps.add("charge");
            }

            @Override
            public void refund(String orderId) {
                steps.add("refund");
            }
        });
    }

    /** Ends the first run at the given charge, and forgets its steps. */
    private void interruptAtCharge(int number, Checkout checkout) {
        crash = number;
        assertThatExceptionOfType(Crash.class).isThrownBy(() -> checkout.place(ORDER));
        steps.clear();
    }

    private static Reservation hold(Receipt receipt) {
        return receipt.reservation().orElseThrow();
    }

    @Test
    void anOrderInOneGoExtendsNothing() {
        checkout().place(ORDER);

        assertThat(steps).containsExactly("/reservations", "charge", "/transactions", "charge", "confirm");
    }

    /** Neither a clock that is slow nor one that is fast matters. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-01-20T10:30:00Z", "1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z"})
    void theHoldOfAnEarlierRunIsExtendedBeforeTheCharge(Instant now) {
        interruptAtCharge(1, checkout());

        checkout().withClock(Clock.fixed(now, ZoneOffset.UTC)).place(ORDER);

        assertThat(steps).containsExactly("extend \"ttlSeconds\":900", "charge", "/transactions", "charge", "confirm");
    }

    /** With all its extensions, a hold lasts for at most one day, and the inventory refuses a longer one. */
    @ParameterizedTest
    @CsvSource({"PT11H, 39600", "PT12H, 43200", "PT13H, 39600", "PT23H59M59S, 1"})
    void anExtensionNeverExceedsOneDay(Duration holdTime, long seconds) {
        var checkout = checkout().withHoldTime(holdTime);
        interruptAtCharge(1, checkout);

        checkout.place(ORDER);

        assertThat(steps).startsWith("extend \"ttlSeconds\":" + seconds, "charge");
    }

    @Test
    void aHoldOfOneDayIsNotExtended() {
        var checkout = checkout().withHoldTime(Duration.ofDays(1));
        interruptAtCharge(1, checkout);

        checkout.place(ORDER);

        assertThat(steps).startsWith("charge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "cancelled"})
    void aHoldThatHasEndedBeforeItsExtensionIsReplaced(String status) {
        interruptAtCharge(1, checkout());
        beforeExtension = () -> holds.get(0).status = status;

        var receipt = checkout().place(ORDER);

        assertThat(steps)
                .containsExactly(
                        "extend \"ttlSeconds\":900", "/reservations", "charge", "/transactions", "charge", "confirm");
        assertThat(hold(receipt).reservationId()).hasToString(holds.get(1).id);
    }

    /**
     * The earlier run may have sent a request to delete its transaction after it has cancelled the hold. This request must
     * not delete the transaction of this run.
     */
    @Test
    void theTransactionOfAHoldThatHasEndedBeforeItsExtensionIsRecordedAgain() {
        interruptAtCharge(2, checkout());
        beforeExtension = () -> holds.get(0).status = "cancelled";

        var receipt = checkout().place(ORDER);

        assertThat(steps)
                .containsSequence("charge", "/transactions/1", "/transactions", "charge", "confirm")
                .doesNotContain("refund");
        assertThat(receipt.transaction().id()).isEqualTo(2);
    }

    @Test
    void aHoldThatAnotherRunHasConfirmedBeforeItsExtensionBelongsToThePlacedOrder() {
        interruptAtCharge(2, checkout());
        beforeExtension = () -> holds.get(0).status = "confirmed";

        var receipt = checkout().place(ORDER);

        assertThat(steps).containsExactly("extend \"ttlSeconds\":900", "charge");
        assertThat(hold(receipt).status()).isEqualTo(ReservationStatus.CONFIRMED);
        assertThat(receipt.transaction().id()).isEqualTo(1);
    }

    @Test
    void anotherCartThatHasTakenTheIdBeforeTheExtensionKeepsIt() {
        interruptAtCharge(1, checkout());
        beforeExtension = () -> {
            holds.get(0).status = "expired";
            holds.add(new Hold("another-cart", 900));
        };

        assertThatExceptionOfType(OrderIdReusedException.class)
                .isThrownBy(() -> checkout().place(ORDER));

        assertThat(steps).containsExactly("extend \"ttlSeconds\":900");
    }
}
