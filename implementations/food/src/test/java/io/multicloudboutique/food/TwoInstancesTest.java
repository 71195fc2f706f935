package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.inventory.InventoryApplication;
import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TwoInstancesItemPromises;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TwoInstancesTest extends TwoInstancesItemPromises {

    @RegisterExtension
    @Order(1)
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    @RegisterExtension
    @Order(2)
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=" + inventory.url());

    TwoInstancesTest() {
        super(
                food,
                new Items(
                        "/food",
                        "/foodItems",
                        "food_items",
                        n -> "{\"name\":\"Soup " + n + "\",\"category\":\"Test\",\"price\":5}"),
                n -> "{\"name\":\"Stew " + n + "\"}");
    }

    /** The requests of an instance share their calls of the inventory. */
    @Test
    void bothInstancesListTheStockThatTheInventoryHasStoredBefore() throws Exception {
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            var product = inventory
                    .client()
                    .post("/inventory")
                    .json("{\"productId\":\"A" + nextNumber() + "\",\"name\":\"Test\",\"stockLevel\":100}")
                    .expect(201)
                    .json()
                    .path("productId")
                    .asString();
            for (int n = 1; n <= 5; n++) {
                inventory.client().post("/inventory/" + product + "/reserve").expect(200);
                for (var instance : instances()) {
                    assertThat(available(instance, product)).isEqualTo(100 - n);
                }
            }
            return null;
        });
    }

    /** Repeats a request whose list has no products, because the inventory did not respond within a second. */
    private static long available(ContractClient instance, String product) {
        var check = instance.get("/food?limit=1").expect(200).json().path("inventoryCheck");
        return check.path("checked").asBoolean()
                ? StreamSupport.stream(check.path("inventoryItems").spliterator(), false)
                        .filter(stock -> stock.path("productId").asString().equals(product))
                        .findFirst()
                        .orElseThrow()
                        .path("available")
                        .asLong()
                : available(instance, product);
    }
}
