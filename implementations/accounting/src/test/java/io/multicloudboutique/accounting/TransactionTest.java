package io.multicloudboutique.accounting;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.CursorPromises;
import io.multicloudboutique.testing.ItemPromises;
import io.multicloudboutique.testing.RunningService;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class TransactionTest extends ItemPromises {

    @RegisterExtension
    static final RunningService accounting =
            RunningService.of(AccountingApplication.class, "accounting", () -> "crm.service.url=http://127.0.0.1:1");

    TransactionTest() {
        super(
                accounting,
                new Items(
                        "/transactions",
                        "/transactions",
                        "transactions",
                        transaction("2025-10-29", "5.10", ""),
                        "{\"price\":7.25}",
                        "customer",
                        "Jane Smith"));
    }

    /** Holds after every test. */
    @AfterEach
    void summaryMatchesTheStoredTransactions() {
        var summary = summary("/transactions");

        assertThat(summary.path("totalTransactions").asLong())
                .isEqualTo(accounting.database().value("SELECT count(*) FROM accounting.transactions"));
        assertThat(summary.path("totalAmount").decimalValue()).isEqualByComparingTo((BigDecimal)
                accounting.database().value("SELECT sum(price) FROM accounting.transactions"));
    }

    @Test
    void initialTransactionsExist() {
        var supplies = client().get("/transactions/1").expect(200).json();

        assertThat(supplies.path("item").asString()).isEqualTo("Office Supplies");
        assertThat(supplies.path("price").decimalValue()).isEqualTo("75.5");
        assertThat(supplies.path("date").asString()).isEqualTo("2025-07-20");
        assertThat(supplies.path("customer").asString()).isEqualTo("Acme Corp");
        var july = summary("/transactions?from=2025-07-01&to=2025-08-01");
        assertThat(july.path("totalTransactions").asInt()).isEqualTo(4);
        assertThat(july.path("totalAmount").decimalValue()).isEqualTo("2025.49");
    }

    @Test
    void transactionsAreListedLatestDateFirstThenNewestFirst() {
        record("2019-05-02", "");
        record("2019-05-01", "");
        record("2019-05-01", "");
        record("2019-05-03", "");

        var all = allPages("/transactions?limit=2");
        assertThat(all.stream().map(TransactionTest::day)).isSortedAccordingTo(reverseOrder());
        assertThat(all.stream()
                        .filter(transaction -> day(transaction).equals("2019-05-01"))
                        .map(transaction -> transaction.path("id").asLong()))
                .hasSize(2)
                .isSortedAccordingTo(reverseOrder());
    }

    @Test
    void amountsAndTheirSumAreExact() {
        for (var price : new String[] {"9999999.99", "1234567.89", "0.10", "0.20"}) {
            var recorded = client().post("/transactions")
                    .json("{\"item\":\"Gold\",\"price\":" + price + ",\"date\":\"2017-05-05\"}")
                    .expect(201);
            assertThat(recorded.body()).contains("\"price\":" + price + ",");
        }

        var list = client().get("/transactions?from=2017-05-05&to=2017-05-06").expect(200);
        assertThat(list.body()).contains("\"totalAmount\":11234568.18}");
    }

    @Test
    void fromIsInclusiveToIsExclusiveAndTheSummaryCoversAllPages() {
        for (var day : new String[] {"2018-01-31", "2018-02-01", "2018-02-01", "2018-02-28", "2018-03-01"}) {
            record(day, "");
        }
        var february = "/transactions?from=2018-02-01&to=2018-03-01&limit=2";

        assertThat(allPages(february).stream().map(TransactionTest::day))
                .containsExactly("2018-02-28", "2018-02-01", "2018-02-01");
        assertThat(summary(february).path("totalTransactions").asInt()).isEqualTo(3);
        assertThat(summary(february).path("totalAmount").decimalValue()).isEqualByComparingTo("15.30");
        assertThat(summary("/transactions?from=2018-03-01&to=2018-02-01")
                        .path("totalTransactions")
                        .asInt())
                .isZero();
    }

    @Test
    void referenceFilterReturnsOnlyTheTransactionWithThatReference() {
        record("2025-10-29", "order 1/ä");

        var list = client().get("/transactions?reference=order%201%2F%C3%A4")
                .expect(200)
                .json();
        assertThat(list.path("transactions")).hasSize(1);
        assertThat(list.path("summary").path("totalTransactions").asInt()).isEqualTo(1);
        assertThat(allPages("/transactions?reference=order")).isEmpty();
    }

    @Test
    void referenceIsUniqueUntilItIsRemovedOrItsTransactionIsDeleted() {
        var path = "/" + record("2025-10-29", "mine").header("Location");
        var other = newItem();
        var duplicate = transaction("2025-10-29", "1", ",\"reference\":\"mine\"");

        client().post("/transactions").json(duplicate).expectProblem(409, "reference-taken");
        client().put(other).json("{\"reference\":\"mine\"}").expectProblem(409, "reference-taken");
        client().put(path).json("{\"reference\":\"mine\"}").expect(200);
        client().put(path).json("{\"reference\":\"\"}").expect(200);
        client().put(other).json("{\"reference\":\"mine\"}").expect(200);
        client().delete(other).expect(200);
        client().post("/transactions").json(duplicate).expect(201);
    }

    @Test
    void onlyOneOfManyConcurrentTransactionsWithTheSameReferenceSucceeds() throws Exception {
        var statuses = Clients.simultaneously(
                32,
                i -> () -> client().post("/transactions")
                        .json(transaction("2025-10-29", "9.99", ",\"reference\":\"at-once\""))
                        .send()
                        .status());
        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @Test
    void transactionKeepsItsFingerprint() {
        var recorded = client().post("/transactions")
                .json(transaction("2025-10-29", "9.99", ",\"reference\":\"known\",\"fingerprint\":\"one-lamp\""))
                .expect(201);
        assertThat(recorded.json().path("fingerprint").asString()).isEqualTo("one-lamp");
        var changed = client().put("/" + recorded.header("Location"))
                .json("{\"price\":5}")
                .expect(200)
                .json();
        assertThat(changed.path("fingerprint").asString()).isEqualTo("one-lamp");
        assertThat(allPages("/transactions?reference=known")).containsExactly(changed);
    }

    @Test
    void listIsReturnedEvenIfTheCrmIsUnreachable() {
        var crm = client().get("/transactions").expect(200).json().path("crmIntegration");

        assertThat(crm.path("connected").asBoolean()).isFalse();
        assertThat(crm.path("customers")).isEmpty();
        assertThat(crm.path("message").asString()).startsWith("The CRM ");
    }

    private Answer record(String date, String reference) {
        var more = reference.isEmpty() ? "" : ",\"reference\":\"" + reference + "\"";
        return client().post("/transactions")
                .json(transaction(date, "5.10", more))
                .expect(201);
    }

    private JsonNode summary(String list) {
        return client().get(list).expect(200).json().path("summary");
    }

    private static String day(JsonNode transaction) {
        return transaction.path("date").asString();
    }

    private static String transaction(String date, String price, String more) {
        return "{\"item\":\"Lamp\",\"price\":" + price + ",\"date\":\"" + date + "\"" + more + "}";
    }

    @Test
    void aCursorBelongsToTheFiltersOfItsList() {
        var july = "/transactions?from=2025-07-20&to=2025-07-24";
        CursorPromises.assertBound(client(), "/transactions", july, "/transactions?reference=2025-07-20");
        CursorPromises.assertBound(
                client(),
                july,
                "/transactions",
                "/transactions?from=2025-07-20",
                "/transactions?to=2025-07-24",
                "/transactions?from=2025-07-20&to=2025-07-25",
                july + "&reference=order-1");
    }
}
