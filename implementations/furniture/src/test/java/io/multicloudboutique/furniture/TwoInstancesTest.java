package io.multicloudboutique.furniture;

import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TwoInstancesItemPromises;
import org.junit.jupiter.api.extension.RegisterExtension;

class TwoInstancesTest extends TwoInstancesItemPromises {

    @RegisterExtension
    static final RunningService furniture = RunningService.of(FurnitureApplication.class, "furniture");

    TwoInstancesTest() {
        super(
                furniture,
                new Items(
                        "/furniture",
                        "",
                        "furniture_items",
                        n -> "{\"name\":\"Chair " + n + "\",\"category\":\"Test\",\"price\":49.9}"),
                n -> "{\"name\":\"Stool " + n + "\"}");
    }
}
