package io.multicloudboutique.crm;

import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitusTest extends CitusCompatibility {

    @RegisterExtension
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    CitusTest() {
        super(crm, Map.of("id", "1"));
    }

    @Override
    protected void callMore(ContractClient client) {
        client.get("/customers?q=jane").expect(200);
        client.get("/customers?email=jane%40example.com").expect(200);
        client.get("/customers?q=jane&email=jane%40example.com").expect(200);
    }
}
