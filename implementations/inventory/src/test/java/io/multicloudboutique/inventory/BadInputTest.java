package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.BadInputs;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    private static Map<String, String> ids;

    @BeforeAll
    static void holdACart() {
        var cart = inventory
                .client()
                .post("/reservations")
                .json("{\"lines\":[{\"productId\":\"OLJCESPC7Z\",\"quantity\":1}]}")
                .expect(201)
                .json();
        ids = Map.of(
                "productId",
                "OLJCESPC7Z",
                "reservationId",
                cart.path("reservationId").asString());
    }

    static Stream<BadInputs.Case> refused() {
        return BadInputs.refused("inventory", ids);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatTheContractRefusesHasNoEffect(BadInputs.Case input) {
        var before = inventory.database().content("inventory");

        input.sendBy(inventory.client());

        assertThat(inventory.database().content("inventory"))
                .as(input.request().toString())
                .isEqualTo(before);
    }

    static Stream<BadInputs.Case> accepted() {
        return BadInputs.accepted("inventory", ids);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void whatTheContractAllowsIsNotRefused(BadInputs.Case input) {
        // What the ones before have made or used up does not stand in the way.
        inventory.database().execute("""
                UPDATE inventory.products SET stock_level = 1000000000, held = 0;
                UPDATE inventory.reservations SET reference = NULL;
                DELETE FROM inventory.movements WHERE product_id = 'DESKLAMP01';
                DELETE FROM inventory.products WHERE product_id = 'DESKLAMP01';
                """);

        input.sendBy(inventory.client());

        // A cart for the shortest time must not expire while another test compares what is stored.
        inventory.database().execute("""
                UPDATE inventory.reservations SET expires_at = now() + interval '1 day' WHERE status = 'active'
                """);
    }
}
