package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import io.multicloudboutique.furniture.FurnitureApplication;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

@Provider("furniture")
class FurnitureTest extends ProviderTest {

    @RegisterExtension
    static final RunningService furniture = RunningService.of(FurnitureApplication.class, "furniture");

    FurnitureTest() {
        super(furniture, "TRUNCATE furniture.furniture_items, furniture.idempotency_keys");
    }

    @State("there are no furniture items")
    void thereAreNoFurnitureItems() {}

    @State("there is a furniture item")
    Map<String, Object> thereIsAFurnitureItem(Map<String, Object> item) {
        return create("/furniture", item);
    }

    @State("there is another furniture item")
    Map<String, Object> thereIsAnotherFurnitureItem(Map<String, Object> item) {
        create("/furniture", item);
        return secondPage("/furniture");
    }
}
