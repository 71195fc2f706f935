package io.multicloudboutique.accounting;

import io.multicloudboutique.testing.ContractBadInputs;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class BadInputTest extends ContractBadInputs {

    @RegisterExtension
    static final RunningService accounting =
            RunningService.of(AccountingApplication.class, "accounting", () -> "crm.service.url=http://127.0.0.1:1");

    BadInputTest() {
        super(accounting);
    }

    @Override
    protected Map<String, String> ids() {
        return Map.of("id", "1");
    }

    @Override
    protected void makeRoom() {
        accounting.database().execute("""
                DELETE FROM accounting.transactions WHERE refund_of IS NOT NULL;
                UPDATE accounting.transactions SET reference = NULL, refunded = 0;
                """);
    }
}
