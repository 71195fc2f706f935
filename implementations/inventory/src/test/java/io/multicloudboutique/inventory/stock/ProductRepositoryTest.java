package io.multicloudboutique.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.inventory.InventoryApplication;
import io.multicloudboutique.inventory.stock.Product.Draft;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.testing.RunningService;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProductRepositoryTest {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    @Test
    void theFirstOfSeveralEqualIdsInABatchIsAdded() {
        var drafts = IntStream.range(0, 100)
                .mapToObj(i -> new Draft("BATCH-" + i % 10, "number " + i, i, "caller " + i))
                .toList();

        var added = inventory
                .bean(Transactions.class)
                .run(inventory.bean(ProductRepository.class).addAll(drafts))
                .block(Duration.ofSeconds(20));

        assertThat(added.subList(0, 10))
                .allSatisfy(product -> assertThat(product).isPresent());
        assertThat(added.subList(0, 10).stream()
                        .map(product -> product.orElseThrow().name()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "number " + i).toList());
        assertThat(added.subList(10, 100))
                .allSatisfy(product -> assertThat(product).isEmpty());
    }
}
