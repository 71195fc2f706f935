package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.ScriptedServer.Request;
import io.multicloudboutique.client.checkout.Checkout;
import io.multicloudboutique.client.checkout.CheckoutException;
import io.multicloudboutique.client.checkout.Order;
import io.multicloudboutique.client.checkout.OrderLine;
import io.multicloudboutique.client.checkout.Payments;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services that are older than the SDK do not keep the fingerprint of a cart, for example during a rolling upgrade. */
class CheckoutOfOlderServicesTest {

    private static final String ID = "3b9c6c1e-5a5e-4a55-9c0c-2f1df0a9a7a1";
    private static final String NO_TRANSACTIONS = """
            {"transactions":[],"summary":{"totalTransactions":0,"totalAmount":0},\
            "crmIntegration":{"connected":false,"customers":[],"timestamp":"2026-01-20T10:30:00.125Z"}}""";
    private static final String PRODUCT = """
            {"productId":"A","name":"Lamp","stockLevel":5,"reserved":0,"available":5,\
            "lastUpdated":"2026-01-20T10:30:00.125Z"}""";
    private static final String TRANSACTION = """
            {"id":7,"item":"1 x Lamp","price":10.00,"date":"2026-01-20","reference":"order-1"}""";

    private final List<String> payments = new ArrayList<>();

    private static String reservation(String status, String more) {
        return """
                {"reservationId":"%s","status":"%s","lines":[{"productId":"A","quantity":1}],%s\
                "createdAt":"2026-01-20T10:30:00.125Z","expiresAt":"2026-01-20T10:45:00.125Z"}""".formatted(ID, status, more);
    }

    /** Sends back the fingerprint in the request if the inventory is new enough. */
    private static ScriptedServer.Step answer(Request request, boolean inventoryKeepsFingerprints) {
        var path = request.target().replaceFirst("\\?.*", "");
        return switch (request.method() + " " + path) {
            case "GET /transactions" -> json(200, NO_TRANSACTIONS);
            case "GET /reservations" -> json(200, "[]");
            case "GET /inventory/A" -> json(200, PRODUCT);
            case "POST /reservations" ->
                json(
                        201,
                        reservation(
                                "active",
                                inventoryKeepsFingerprints
                                        ? request.body().replaceFirst(".*(\"fingerprint\":\"[^\"]*\").*", "$1,")
                                        : ""));
            case "POST /reservations/" + ID + "/cancel" -> json(200, reservation("cancelled", ""));
            case "POST /transactions" -> json(201, TRANSACTION);
            case "DELETE /transactions/7" ->
                json(200, "{\"message\":\"Transaction 7 was deleted.\",\"item\":" + TRANSACTION + "}");
            default -> throw new AssertionError(request);
        };
    }

    private List<String> placed(boolean inventoryKeepsFingerprints, String reason) throws Exception {
        try (var server = new ScriptedServer((request, out, socket) ->
                        answer(request, inventoryKeepsFingerprints).answer(request, out, socket));
                var boutique = BoutiqueClient.builder()
                        .baseUrl(BoutiqueService.INVENTORY, server.url())
                        .baseUrl(BoutiqueService.ACCOUNTING, server.url())
                        .build()) {
            var checkout = Checkout.of(boutique, new Payments() {
                @Override
                public void charge(String orderId, BigDecimal amount) {
                    payments.add("charge");
                }

                @Override
                public void refund(String orderId) {
                    payments.add("refund");
                }
            });
            var order = Order.of("order-1", OrderLine.product("A", 1, new BigDecimal("10.00")));

            var failure = catchThrowableOfType(CheckoutException.class, () -> checkout.place(order));

            assertThat(failure).hasMessageContaining(reason);
            return server.requests().stream()
                    .filter(request -> !request.method().equals("GET"))
                    .map(request -> request.method() + " " + request.target())
                    .toList();
        }
    }

    @Test
    void aHoldWithoutTheFingerprintIsCancelled() throws Exception {
        var changes = placed(false, "the inventory service keeps no fingerprint, so it is older than this SDK");

        assertThat(changes).containsExactly("POST /reservations", "POST /reservations/" + ID + "/cancel");
        assertThat(payments).isEmpty();
    }

    @Test
    void aTransactionWithoutTheFingerprintIsDeletedAndTheChargeRefunded() throws Exception {
        var changes = placed(true, "the accounting service keeps no fingerprint, so it is older than this SDK");

        assertThat(changes).startsWith("POST /reservations", "POST /transactions", "DELETE /transactions/7");
        assertThat(payments).containsExactly("charge", "refund");
    }
}
