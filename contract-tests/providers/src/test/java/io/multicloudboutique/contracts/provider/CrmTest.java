package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import io.multicloudboutique.crm.CrmApplication;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

@Provider("crm")
class CrmTest extends ProviderTest {

    @RegisterExtension
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    CrmTest() {
        super(crm, "TRUNCATE crm.customers, crm.idempotency_keys");
    }

    @State("there are no customers")
    void thereAreNoCustomers() {}

    @State("there is a customer")
    Map<String, Object> thereIsACustomer(Map<String, Object> customer) {
        return create("/customers", customer);
    }

    @State("there is another customer")
    Map<String, Object> thereIsAnotherCustomer(Map<String, Object> customer) {
        create("/customers", customer);
        return secondPage("/customers");
    }
}
