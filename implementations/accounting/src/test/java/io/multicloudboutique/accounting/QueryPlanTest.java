package io.multicloudboutique.accounting;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ExecutedPlans;
import io.multicloudboutique.testing.QueryPlans;
import io.multicloudboutique.testing.RunningService;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a million transactions whatever is read is read by an index. */
class QueryPlanTest {

    @RegisterExtension
    static final RunningService accounting =
            RunningService.of(AccountingApplication.class, "accounting", () -> "crm.service.url=http://127.0.0.1:1");

    private static QueryPlans plans;
    private static ContractClient client;

    @BeforeAll
    static void recordAMillionTransactions() {
        accounting.database().execute("""
                INSERT INTO accounting.transactions (item, price, date, reference)
                SELECT 'Lamp', i % 1000, date '2000-01-01' + i / 100, CASE WHEN i % 2 = 0 THEN 'order-' || i END
                FROM generate_series(1, 1000000) i;

                UPDATE accounting.totals SET items = items + 1000000
                """);
        plans = QueryPlans.of(accounting);
        client = accounting.client();
    }

    @Test
    void aPageOfTransactionsAndTheSummaryOfAll() {
        get("/transactions?limit=50").assertReadByIndex(51);
        get("/transactions?limit=50&cursor=" + cursor("2001-01-01_1000")).assertReadByIndex(51);
    }

    @Test
    void theTransactionsOfAMonth() {
        var month = "/transactions?limit=50&from=2005-03-01&to=2005-04-01";
        assertPageAndSummary(month);
        assertPageAndSummary(month + "&cursor=" + cursor("2005-03-10_1"));
    }

    @Test
    void theTransactionsUntilADay() {
        assertPageAndSummary("/transactions?limit=50&to=2001-01-01");
    }

    @Test
    void theTransactionWithAReference() {
        get("/transactions?reference=order-500000").assertReadByIndex(1);
        get("/transactions?reference=order-500000&from=2000-01-01&to=2020-01-01")
                .assertReadByIndex(1);
        get("/transactions?reference=none").assertReadByIndex(1);
    }

    @Test
    void aTransaction() {
        get("/transactions/500000").assertReadByIndex(1);
    }

    @Test
    void aChange() {
        plans.of(() -> client.put("/transactions/500000")
                        .json("{\"customer\":\"Jane\"}")
                        .expect(200))
                .assertReadByIndex(1);
    }

    private static void assertPageAndSummary(String path) {
        var executed = get(path);
        executed.containing("LIMIT").assertReadByIndex(51);
        executed.containing("count(*)").assertSummarisedByIndex();
    }

    private static ExecutedPlans get(String path) {
        return plans.of(() -> client.get(path).expect(200));
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes());
    }
}
