package io.multicloudboutique.accounting;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.crm.CrmApplication;
import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TwoInstancesItemPromises;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class TwoInstancesTest extends TwoInstancesItemPromises {

    private static final int REFERENCES = 40;

    @RegisterExtension
    @Order(1)
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    @RegisterExtension
    @Order(2)
    static final RunningService accounting =
            RunningService.of(AccountingApplication.class, "accounting", () -> "crm.service.url=" + crm.url());

    TwoInstancesTest() {
        super(
                accounting,
                new Items("/transactions", "/transactions", "transactions", n -> transaction(n, "2025-10-29", "")),
                n -> "{\"price\":" + n + ".07}");
    }

    @AfterEach
    void bothInstancesReturnTheTotalOfTheStoredTransactions() {
        var stored = database()
                .rows("SELECT count(*) AS number, sum(price) AS amount FROM accounting.transactions")
                .get(0);
        for (var instance : instances()) {
            var summary = instance.get("/transactions").expect(200).json().path("summary");
            assertThat(summary.path("totalTransactions").asLong()).isEqualTo(stored.get("number"));
            assertThat(summary.path("totalAmount").decimalValue())
                    .isEqualByComparingTo((BigDecimal) stored.get("amount"));
        }
        Refunds.assertComplete(database());
    }

    @Test
    void aReferenceIsUniqueInBothInstances() throws Exception {
        var references = newReferences();

        var answers = sendAtOnce(REFERENCES, 4, (instance, n, repetition) -> {
            // Both instances get the references in another order.
            var reference = references.get(repetition % 2 == 0 ? n : n ^ 3);
            return instance.post("/transactions")
                    .json(transaction(n, "2025-10-30", ",\"reference\":\"" + reference + "\""))
                    .send();
        });

        for (var reference : references) {
            var found = any().get("/transactions?reference=" + reference)
                    .expect(200)
                    .json();
            assertThat(found.path("transactions")).hasSize(1);
        }
        assertOneOfEachReference(answers);
    }

    @Test
    void aKeyedTransactionThatIsSentToBothInstancesDoesNotTakeItsOwnReference() throws Exception {
        var keys = newKeys();
        var references = keys.stream().map(key -> "order-" + key).toList();

        assertKeysTakeEffectOnce(
                keys,
                (instance, n, repetition) -> instance.post("/transactions")
                        .header("Idempotency-Key", keys.get(n))
                        .json(transaction(n, "2025-10-30", ",\"reference\":\"" + references.get(n) + "\""))
                        .expect(201));
    }

    @Test
    void oneOfManyChangesToTheSameReferenceSucceeds() throws Exception {
        for (var reference : newReferences().subList(0, 5)) {
            var answers = Clients.simultaneously(CLIENTS, i -> () -> {
                var own = newItem();
                return instances()
                        .get(i % 2)
                        .put(own)
                        .json("{\"reference\":\"" + reference + "\"}")
                        .send();
            });

            var winner = only(answers, 200);
            assertThat(statuses(answers)).containsOnlyKeys(200, 409);
            assertThat(any().get("/transactions?reference=" + reference)
                            .expect(200)
                            .json()
                            .path("transactions"))
                    .containsExactly(winner.json());
        }
    }

    @Test
    void refundsThroughBothInstancesNeverExceedThePrice() throws Exception {
        var path = recordPrice("10.00");

        var answers = Clients.simultaneously(
                64,
                i -> () -> instances()
                        .get(i % 2)
                        .post(path + "/refund")
                        .json("{\"amount\":3}")
                        .send());

        assertThat(statuses(answers)).containsOnly(entry(201, 3L), entry(409, 61L));
        assertThat(answers).filteredOn(answer -> answer.status() == 409).allSatisfy(refused -> {
            assertThat(refused.json().path("code").asString()).isEqualTo("refund-exceeds-rest");
            assertThat(refused.json().path("refundable").decimalValue()).isEqualByComparingTo("1");
        });
        for (var instance : instances()) {
            assertThat(instance.get(path).expect(200).json().path("refunded").decimalValue())
                    .isEqualByComparingTo("9");
        }
    }

    @Test
    void aReferenceRefundsOneOfSeveralTransactionsInBothInstances() throws Exception {
        var references = newReferences();
        var paths = new ArrayList<String>();
        for (int n = 0; n < 4; n++) {
            paths.add(recordPrice("1000"));
        }

        var answers = sendAtOnce(REFERENCES, 4, (instance, n, repetition) -> {
            // Both instances get the references in another order.
            var reference = references.get(repetition % 2 == 0 ? n : n ^ 3);
            return instance.post(paths.get(repetition) + "/refund")
                    .json("{\"amount\":0.01,\"reference\":\"" + reference + "\"}")
                    .send();
        });

        assertOneOfEachReference(answers);
    }

    @Test
    void aKeyedRefundThatIsSentToBothInstancesTakesEffectOnce() throws Exception {
        var keys = newKeys();
        var path = recordPrice("1000");

        assertKeysTakeEffectOnce(
                keys,
                (instance, n, repetition) -> instance.post(path + "/refund")
                        .header("Idempotency-Key", keys.get(n))
                        .json("{\"amount\":0.01,\"reference\":\"refund-" + keys.get(n) + "\"}")
                        .expect(201));
    }

    private static void assertOneOfEachReference(List<List<Answer>> answers) {
        var all = answers.stream().flatMap(List::stream).toList();
        assertThat(statuses(all)).containsOnlyKeys(201, 409).containsEntry(201, (long) REFERENCES);
        assertThat(all)
                .filteredOn(answer -> answer.status() == 409)
                .allMatch(answer -> answer.json().path("code").asString().equals("reference-taken"));
    }

    private String recordPrice(String price) {
        return "/"
                + any().post("/transactions")
                        .json("{\"item\":\"Lamp\",\"price\":" + price + ",\"date\":\"2025-10-30\"}")
                        .expect(201)
                        .header("Location");
    }

    @Test
    void aListAndItsSummaryAgreeWhileBothInstancesWrite() throws Exception {
        var all = "/transactions?limit=200";
        var day = "/transactions?limit=200&from=2025-11-01&to=2025-11-02";
        database().execute("""
                DELETE FROM accounting.transactions;
                UPDATE accounting.totals SET items = 0, amount = 0;
                """);
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            for (int n = 0; n < 8; n++) {
                if (i % 4 == 0) {
                    summarizes(any().get(all).expect(200).json());
                    summarizes(any().get(day).expect(200).json());
                } else {
                    var path = "/"
                            + any().post("/transactions")
                                    .json(transaction(nextNumber(), n % 2 == 0 ? "2025-11-01" : "2025-11-02", ""))
                                    .expect(201)
                                    .header("Location");
                    any().put(path)
                            .json("{\"price\":" + nextNumber() + ",\"date\":\"2025-11-01\"}")
                            .expect(200);
                    if (n % 3 != 0) {
                        any().delete(path).expect(200);
                    }
                }
            }
            return null;
        });
        assertThat(summarizes(any().get(all).expect(200).json())).isEqualTo(27);
    }

    /** Checks that the page has all transactions of its summary, and returns their number. */
    private static long summarizes(JsonNode list) {
        var prices = StreamSupport.stream(list.path("transactions").spliterator(), false)
                .map(transaction -> transaction.path("price").decimalValue())
                .toList();
        assertThat(list.path("summary").path("totalTransactions").asLong()).isEqualTo(prices.size());
        assertThat(list.path("summary").path("totalAmount").decimalValue())
                .isEqualByComparingTo(prices.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        return prices.size();
    }

    /** The requests of an instance share their calls of the CRM. */
    @Test
    void bothInstancesListTheCustomersThatTheCrmHasStoredBefore() throws Exception {
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            for (int n = 0; n < 2; n++) { // fewer than the 50 customers of the list
                var surname = "Lee " + nextNumber();
                crm.client()
                        .post("/customers")
                        .json("{\"name\":\"Ann\",\"surname\":\"" + surname + "\"}")
                        .expect(201);
                for (var instance : instances()) {
                    assertThat(customers(instance))
                            .extracting(known -> known.path("surname").asString())
                            .contains(surname);
                }
            }
            return null;
        });
    }

    /** Repeats a request whose list has no customers, because the CRM did not respond within a second. */
    private static JsonNode customers(ContractClient instance) {
        var integration =
                instance.get("/transactions?limit=1").expect(200).json().path("crmIntegration");
        return integration.path("connected").asBoolean() ? integration.path("customers") : customers(instance);
    }

    private static List<String> newReferences() {
        return IntStream.range(0, REFERENCES)
                .mapToObj(n -> "order-" + UUID.randomUUID())
                .toList();
    }

    private static String transaction(int number, String date, String more) {
        return "{\"item\":\"Lamp " + number + "\",\"price\":" + number + ".10,\"date\":\"" + date + "\"" + more + "}";
    }
}
