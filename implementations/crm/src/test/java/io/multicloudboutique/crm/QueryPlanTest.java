package io.multicloudboutique.crm;

import static io.multicloudboutique.testing.QueryPlans.cursor;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.QueryPlans;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that queries use indexes on a table of one million customers. */
@Tag(TestDatabase.OWN_SERVER) // reads the plans of PostgreSQL from its log
class QueryPlanTest {

    @RegisterExtension
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    private static QueryPlans plans;
    private static ContractClient client;

    @BeforeAll
    static void insertOneMillionCustomers() {
        crm.database().fill("crm", """
                INSERT INTO crm.customers (name, surname, email)
                SELECT 'Name ' || i, 'Surname', CASE WHEN i <= 200000 THEN 'shared@example.com'
                    WHEN i % 2 = 0 THEN 'customer' || i || '@example.com' END
                FROM generate_series(1, 1000000) i
                """);
        plans = QueryPlans.of(crm);
        client = crm.client();
    }

    @Test
    void listingCustomersUsesIndexes() {
        plans.get("/customers?limit=50").assertReadByIndex(51);
        plans.get("/customers?limit=50&" + cursor("1000", "listCustomers", null, null))
                .assertReadByIndex(51);
    }

    @Test
    void findingCustomersByEmailUsesIndexes() {
        plans.get("/customers?email=Customer500000%40example.com").assertReadByIndex(1);
        plans.get("/customers?email=shared%40example.com&limit=50").assertReadByIndex(51);
        plans.get("/customers?email=shared%40example.com&limit=50&"
                        + cursor("1000", "listCustomers", "shared@example.com", null))
                .assertReadByIndex(51);
    }

    @Test
    void findingCustomersByWordsUsesIndexes() {
        plans.get("/customers?q=customer500000").assertReadByIndex(1);
        plans.get("/customers?q=customer50000&limit=5").assertReadByIndex(6);
        plans.get("/customers?q=customer50000&limit=5&" + cursor("500000", "listCustomers", null, "customer50000"))
                .assertReadByIndex(6);
        plans.get("/customers?q=none").assertReadByIndex(1);
    }

    @Test
    void findingCustomersByWordsAndEmailUsesIndexes() {
        plans.get("/customers?q=customer500000&email=customer500000%40example.com")
                .assertReadByIndex(1);
        plans.get("/customers?q=name&email=customer500000%40example.com").assertReadByIndex(1);
    }

    @Test
    void readingACustomerUsesIndexes() {
        plans.get("/customers/500000").assertReadByIndex(1);
    }

    @Test
    void changingACustomerUsesIndexes() {
        plans.of(() -> client.put("/customers/500000")
                        .json("{\"surname\":\"Other\"}")
                        .expect(200))
                .assertReadByIndex(1);
    }
}
