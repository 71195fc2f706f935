package io.multicloudboutique.accounting;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.CursorPromises;
import io.multicloudboutique.testing.ItemPromises;
import io.multicloudboutique.testing.RunningService;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
        Refunds.assertComplete(accounting.database());
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
    void aRefundIsATransactionWithANegativePriceThatNamesItsOriginal() {
        var original = "/"
                + client().post("/transactions")
                        .json(transaction(
                                "2025-10-29",
                                "75.50",
                                ",\"customer\":\"Jane\",\"reference\":\"bought\",\"fingerprint\":\"one-lamp\""))
                        .expect(201)
                        .header("Location");
        var id = original.substring("/transactions/".length());
        var before = client().get(original).expect(200);

        var refund = refund(original, "{\"amount\":20,\"reference\":\"returned\"}");

        assertThat(refund.json().path("id").asLong()).isGreaterThan(Long.parseLong(id));
        assertThat(refund.json())
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"id\":" + refund.json().path("id")
                                + ",\"item\":\"Refund of Lamp\",\"price\":-20.00,\"date\":\""
                                + LocalDate.now(ZoneOffset.UTC)
                                + "\",\"customer\":\"Jane\",\"reference\":\"returned\",\"refundOf\":" + id + "}"));
        var stored = client().get(at(refund)).expect(200);
        assertThat(stored.json()).isEqualTo(refund.json());
        assertThat(stored.header("ETag")).isEqualTo(refund.header("ETag"));
        assertThat(allPages("/transactions?reference=returned")).containsExactly(refund.json());

        var after = client().get(original)
                .header("If-None-Match", before.header("ETag"))
                .expect(200);
        assertThat(after.json().path("refunded").decimalValue()).isEqualByComparingTo("20");
        assertThat(((ObjectNode) after.json()).without("refunded")).isEqualTo(before.json());
        client().put(original)
                .header("If-Match", before.header("ETag"))
                .json("{}")
                .expectProblem(412, "precondition-failed");
    }

    @Test
    void refundsAddUpToThePriceAndARefundWithoutAmountTakesTheRest() {
        var path = recordPrice("75.50");

        refund(path, "{\"amount\":20}");
        refund(path, "{\"amount\":0.01}");
        var rest = client().post(path + "/refund").expect(201).json();

        assertThat(rest.path("price").decimalValue()).isEqualByComparingTo("-55.49");
        assertThat(rest.has("reference")).isFalse();
        assertThat(refunded(path)).isEqualByComparingTo("75.5");
    }

    @Test
    void refundingMoreThanWhatIsLeftIsRefused() {
        var path = recordPrice("75.50");
        refund(path, "{\"amount\":20}");

        assertRefused(path, "{\"amount\":55.51}", "55.5", "only 55.50 of its price is left");
        refund(path, "{\"amount\":55.50}");
        assertRefused(path, "{}", "0", "is refunded already");
        assertRefused(path, "{\"amount\":0.01}", "0", "is refunded already");
        assertRefused(recordPrice("0"), "{}", "0", "is 0");
        client().post("/transactions/9007199254740991/refund").expectProblem(404, "not-found");
    }

    @Test
    void aRefundCannotBeRefunded() {
        var path = recordPrice("10");
        var refund = at(refund(path, "{\"amount\":4}"));

        assertRefused(refund, "{\"amount\":1}", "0", "Refund transaction " + path.replaceAll("\\D", "") + " instead");
        assertRefused(refund, "{}", "0", "is a refund");
    }

    private void assertRefused(String path, String body, String refundable, String detail) {
        var before = client().get(path).expect(200);
        var problem = client().post(path + "/refund")
                .json(body)
                .expectProblem(409, "refund-exceeds-rest")
                .json();

        assertThat(problem.path("refundable").decimalValue()).isEqualByComparingTo(refundable);
        assertThat(problem.path("detail").asString()).contains(detail);
        client().get(path).header("If-None-Match", before.header("ETag")).expect(304);
    }

    @Test
    void aRefundWithAReferenceThatIsTakenHasNoEffect() {
        var path = recordPrice("10");
        record("2025-10-29", "another");
        refund(path, "{\"amount\":1,\"reference\":\"first\"}");
        var before = client().get(path).expect(200);

        for (var taken : new String[] {"another", "first"}) {
            client().post(path + "/refund")
                    .json("{\"reference\":\"" + taken + "\"}")
                    .expectProblem(409, "reference-taken");
        }
        client().get(path).header("If-None-Match", before.header("ETag")).expect(304);

        refund(path, "{\"reference\":\"second\"}");
        client().post(path + "/refund")
                .json("{\"reference\":\"second\"}")
                .expectProblem(409, "reference-taken"); // rather than that nothing is left
        client().post("/transactions")
                .json(transaction("2025-10-29", "1", ",\"reference\":\"second\""))
                .expectProblem(409, "reference-taken");
    }

    @Test
    void theAmountOfATransactionWithARefundIsFinalButItsOtherFieldsAreNot() {
        var original = recordPrice("10");
        var refund = at(refund(original, "{\"amount\":4}"));

        for (var path : new String[] {original, refund}) {
            var tag = client().get(path).expect(200).header("ETag");
            client().put(path).json("{\"price\":5}").expectProblem(409, "transaction-refunded");
            client().put(path).json("{\"item\":\"Desk\",\"price\":5}").expectProblem(409, "transaction-refunded");
            client().delete(path).expectProblem(409, "transaction-refunded");
            client().delete(path).header("If-Match", "\"77\"").expectProblem(412, "precondition-failed");
            client().get(path).header("If-None-Match", tag).expect(304);

            var changed = client().put(path)
                    .json("{\"item\":\"Desk\",\"date\":\"2025-10-01\",\"customer\":\"Jane\",\"reference\":\"of" + path
                            + "\"}")
                    .expect(200)
                    .json();
            assertThat(changed.path("customer").asString()).isEqualTo("Jane");
            assertThat(client().get(path).expect(200).json()).isEqualTo(changed);
        }
        client().put(original).json("{\"price\":10.00}").expect(200); // no change
        assertThat(refunded(original)).isEqualByComparingTo("4");
        assertThat(client().get(refund).expect(200).json().path("price").decimalValue())
                .isEqualByComparingTo("-4");
    }

    @Test
    void sumsIncludeRefundsOnTheirOwnDates() {
        var today = LocalDate.now(ZoneOffset.UTC);
        var path = "/"
                + client().post("/transactions")
                        .json(transaction("2016-04-01", "10.10", ""))
                        .expect(201)
                        .header("Location");
        var all = sum("/transactions");
        var then = "/transactions?from=2016-04-01&to=2016-04-02";
        var now = "/transactions?from=" + today + "&to=" + today.plusDays(1);
        var before = sum(now);

        var refund = refund(path, "{\"amount\":12.5e-1}");

        assertThat(sum("/transactions")).isEqualByComparingTo(all.subtract(new BigDecimal("1.25")));
        assertThat(sum(now)).isEqualByComparingTo(before.subtract(new BigDecimal("1.25")));
        assertThat(sum(then)).isEqualByComparingTo("10.10");
        client().put(at(refund))
                .json("{\"date\":\"2016-04-01\",\"reference\":\"april\"}")
                .expect(200);
        assertThat(sum(then)).isEqualByComparingTo("8.85");
        assertThat(sum("/transactions?reference=april")).isEqualByComparingTo("-1.25");
        client().post(path + "/refund").expect(201);
        assertThat(sum("/transactions")).isEqualByComparingTo(all.subtract(new BigDecimal("10.10")));
    }

    @Test
    void simultaneousRefundsNeverExceedThePrice() throws Exception {
        var path = recordPrice("75.50");

        var answers = Clients.simultaneously(
                64,
                i -> () ->
                        client().post(path + "/refund").json("{\"amount\":10}").send());

        assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(7);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .allSatisfy(
                        refused -> assertThat(refused.json().path("refundable").decimalValue())
                                .isEqualByComparingTo("5.5"));
        assertThat(refunded(path)).isEqualByComparingTo("70");
    }

    /** They are decided together, so a refused one must not count for the others. */
    @Test
    void simultaneousRefundsWithTheSameReferenceRefundOnce() throws Exception {
        var path = recordPrice("64");

        var answers = Clients.simultaneously(
                64,
                i -> () -> client().post(path + "/refund")
                        .json(i % 2 == 0 ? "{\"amount\":1,\"reference\":\"refund-at-once\"}" : "{\"amount\":1}")
                        .send());

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(33);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allMatch(answer -> answer.json().path("code").asString().equals("reference-taken"));
        assertThat(refunded(path)).isEqualByComparingTo("33");
    }

    @Test
    void aRepeatedRefundTakesEffectOnce() {
        var path = recordPrice("10");
        var first = client().post(path + "/refund")
                .header("Idempotency-Key", "refund-once")
                .expect(201);
        var second = client().post(path + "/refund")
                .header("Idempotency-Key", "refund-once")
                .json("{}") // means the same as no body
                .expect(201);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        client().post(path + "/refund")
                .header("Idempotency-Key", "refund-once")
                .json("{\"amount\":1}")
                .expectProblem(422, "idempotency-key-reused");
        var other = recordPrice("10");
        client().post(other + "/refund")
                .header("Idempotency-Key", "refund-once")
                .expect(201); // keys belong to paths
    }

    @Test
    void theItemOfARefundIsNeverTooLong() {
        for (var item : new String[] {"💡".repeat(190), "💡".repeat(191), "💡".repeat(200)}) {
            var path = "/"
                    + client().post("/transactions")
                            .json("{\"item\":\"" + item + "\",\"price\":1,\"date\":\"2025-10-29\"}")
                            .expect(201)
                            .header("Location");
            var refundOf = refund(path, "{}").json().path("item").asString();
            assertThat(refundOf.codePointCount(0, refundOf.length())).isEqualTo(200);
            assertThat(refundOf).isEqualTo("Refund of " + (item.length() > 380 ? "💡".repeat(189) + "…" : item));
        }
    }

    private Answer refund(String path, String body) {
        return client().post(path + "/refund").json(body).expect(201);
    }

    /** Returns the path of a refund. */
    private static String at(Answer refund) {
        return URI.create(refund.call().substring("POST ".length()))
                .resolve(refund.header("Location"))
                .toString();
    }

    private String recordPrice(String price) {
        return "/"
                + client().post("/transactions")
                        .json(transaction("2025-10-29", price, ""))
                        .expect(201)
                        .header("Location");
    }

    private BigDecimal refunded(String path) {
        return client().get(path).expect(200).json().path("refunded").decimalValue();
    }

    private BigDecimal sum(String list) {
        return summary(list).path("totalAmount").decimalValue();
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
