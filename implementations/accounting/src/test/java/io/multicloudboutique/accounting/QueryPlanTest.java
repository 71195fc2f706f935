package io.multicloudboutique.accounting;

import static io.multicloudboutique.testing.QueryPlans.cursor;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.QueryPlans;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TestDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that queries use indexes on a table of one million transactions. */
@Tag(TestDatabase.OWN_SERVER) // reads the plans of PostgreSQL from its log
class QueryPlanTest {

    @RegisterExtension
    static final RunningService accounting =
            RunningService.of(AccountingApplication.class, "accounting", () -> "crm.service.url=http://127.0.0.1:1");

    private static QueryPlans plans;
    private static ContractClient client;

    @BeforeAll
    static void insertOneMillionTransactions() {
        accounting.database().fill("accounting", """
                INSERT INTO accounting.transactions (item, price, date, reference)
                SELECT 'Lamp', i % 1000, date '2000-01-01' + i / 100, CASE WHEN i % 2 = 0 THEN 'order-' || i END
                FROM generate_series(1, 1000000) i;

                UPDATE accounting.totals SET items = items + 1000000
                """);
        plans = QueryPlans.of(accounting);
        client = accounting.client();
    }

    @Test
    void listingAllTransactionsUsesIndexes() {
        plans.get("/transactions?limit=50").assertReadByIndex(51);
        plans.get("/transactions?limit=50&" + cursor("2001-01-01_1000", "listTransactions", null, null, null))
                .assertReadByIndex(51);
    }

    @Test
    void listingTheTransactionsOfAMonthUsesIndexes() {
        var month = "/transactions?limit=50&from=2005-03-01&to=2005-04-01";
        plans.get(month).assertPageAndSummary(51);
        plans.get(month + "&" + cursor("2005-03-10_1", "listTransactions", null, "2005-03-01", "2005-04-01"))
                .assertPageAndSummary(51);
    }

    @Test
    void listingTheTransactionsBeforeADateUsesIndexes() {
        plans.get("/transactions?limit=50&to=2001-01-01").assertPageAndSummary(51);
    }

    @Test
    void findingATransactionByReferenceUsesIndexes() {
        plans.get("/transactions?reference=order-500000").assertReadByIndex(1);
        plans.get("/transactions?reference=order-500000&from=2000-01-01&to=2020-01-01")
                .assertReadByIndex(1);
        plans.get("/transactions?reference=none").assertReadByIndex(1);
    }

    @Test
    void readingATransactionUsesIndexes() {
        plans.get("/transactions/500000").assertReadByIndex(1);
    }

    @Test
    void changingATransactionUsesIndexes() {
        plans.of(() -> client.put("/transactions/500000")
                        .json("{\"customer\":\"Jane\"}")
                        .expect(200))
                .assertReadByIndex(1);
    }

    @Test
    void refundingATransactionUsesIndexes() {
        var number = new AtomicInteger(500_100); // a transaction has an index entry for each of its last versions
        plans.of(() -> client.post("/transactions/" + number.incrementAndGet() + "/refund")
                        .json("{\"amount\":0.01,\"reference\":\"refund-" + number + "\"}")
                        .expect(201))
                .assertReadByIndex(1);
    }
}
