package io.multicloudboutique.accounting;

import io.multicloudboutique.support.items.ItemRepository;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitusTest extends CitusCompatibility {

    @RegisterExtension
    static final RunningService accounting =
            RunningService.of(AccountingApplication.class, "accounting", () -> "crm.service.url=http://127.0.0.1:1");

    CitusTest() {
        super(accounting, Map.of("id", "1"));
    }

    @Override
    protected void callMore(ContractClient client) {
        // Accounting has a query of its own for its list. The other services use this one.
        accounting
                .bean(ItemRepository.class)
                .pageById(PageRequest.of(1, null, "listTransactions"))
                .block(Duration.ofSeconds(20));
        client.delete("/transactions/2").expect(200); // the other one has a refund
    }
}
