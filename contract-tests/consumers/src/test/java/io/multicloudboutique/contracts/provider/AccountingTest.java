package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import io.multicloudboutique.accounting.AccountingApplication;
import io.multicloudboutique.crm.CrmApplication;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;

@Provider("accounting")
class AccountingTest extends ProviderTest {

    @RegisterExtension
    @Order(1)
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    @RegisterExtension
    @Order(2)
    static final RunningService accounting =
            RunningService.of(AccountingApplication.class, "accounting", () -> "crm.service.url=" + crm.url());

    private long id;

    AccountingTest() {
        super(accounting, "TRUNCATE accounting.transactions, accounting.totals, accounting.idempotency_keys");
    }

    @State("there are no transactions")
    void thereAreNoTransactions() {}

    @State("an order is recorded")
    Map<String, Object> anOrderIsRecorded(Map<String, Object> order) {
        id = post("/transactions", order).path("id").asLong();
        return Map.of("id", id);
    }

    @State("the order is refunded")
    void theOrderIsRefunded() {
        post("/transactions/" + id + "/refund", Map.of());
    }

    @State("the CRM has a customer")
    void theCrmHasACustomer(Map<String, Object> customer) {
        post(crm, "/customers", customer);
    }
}
