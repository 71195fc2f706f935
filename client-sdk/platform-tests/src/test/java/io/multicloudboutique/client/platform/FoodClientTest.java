package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import io.multicloudboutique.client.food.FoodClient;
import io.multicloudboutique.client.food.FoodItem;
import io.multicloudboutique.client.food.FoodItemChange;
import io.multicloudboutique.client.food.FoodItemDraft;
import io.multicloudboutique.client.food.FoodItemQuery;
import io.multicloudboutique.client.food.StockedProduct;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.StockQuantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SharedPlatform
class FoodClientTest {

    private static final BigDecimal PRICE = new BigDecimal("7.25");
    private static final FoodItemDraft RAMEN =
            FoodItemDraft.of("Ramen", "Japanese", PRICE).withProductId("LS4PSXUNUM");

    @RegisterExtension
    static final Recorded<FoodClient> RECORDED = Recorded.of(FoodClient.class);

    private final Platform platform;
    private final FoodClient food;

    FoodClientTest(Platform platform) {
        this.platform = platform;
        food = RECORDED.around(platform.client().food());
    }

    @Test
    void theServiceIsHealthy() {
        Healths.assertHealthy(food, "food");
    }

    @Test
    void anItemIsCreated() {
        var item = food.createFoodItem(RAMEN);
        assertThat(item.name()).isEqualTo("Ramen");
        assertThat(item.category()).isEqualTo("Japanese");
        assertThat(item.price()).isEqualByComparingTo("7.25");
        assertThat(item.available()).isTrue();
        assertThat(item.productId()).contains("LS4PSXUNUM");
        assertThat(item.etag()).isPresent();
        assertThat(food.getFoodItem(item.id())).isEqualTo(item);

        var later =
                food.createFoodItem(FoodItemDraft.of("Udon", "Japanese", PRICE).withAvailable(false));
        assertThat(later.available()).isFalse();
        assertThat(later.productId()).isEmpty();
    }

    @Test
    void theSameKeyCreatesOnce() {
        var item = FoodItemDraft.of("Only Once", "Japanese", PRICE);
        var first = food.createFoodItem(item, RequestOptions.none().withIdempotencyKey("sdk-once"));
        assertThat(food.createFoodItem(item, RequestOptions.none().withIdempotencyKey("sdk-once")))
                .isEqualTo(first);
        assertThat(food.listFoodItems()).extracting(FoodItem::name).containsOnlyOnce("Only Once");
    }

    @Test
    void anUnchangedItemIsNotSentAgain() {
        var item = food.createFoodItem(RAMEN);
        assertThat(food.getFoodItemIfChanged(item.id(), etag(item))).isEmpty();
        var changed = food.updateFoodItem(item.id(), FoodItemChange.none().withName("Shoyu Ramen"));
        assertThat(food.getFoodItemIfChanged(item.id(), etag(item))).contains(changed);
    }

    @Test
    void omittedFieldsKeepTheirValues() {
        var item = food.createFoodItem(RAMEN);
        var changed = food.updateFoodItem(item.id(), FoodItemChange.none().withAvailable(false));
        assertThat(changed.name()).isEqualTo("Ramen");
        assertThat(changed.price()).isEqualByComparingTo("7.25");
        assertThat(changed.available()).isFalse();
        assertThat(changed.productId()).contains("LS4PSXUNUM");
        assertThat(food.getFoodItem(item.id())).isEqualTo(changed);

        var again = food.updateFoodItem(
                item.id(),
                FoodItemChange.none()
                        .withCategory("Soups")
                        .withPrice(BigDecimal.TEN)
                        .withProductId(""));
        assertThat(again.category()).isEqualTo("Soups");
        assertThat(again.price()).isEqualByComparingTo("10");
        assertThat(again.available()).isFalse();
        assertThat(again.productId()).isEmpty();
    }

    @Test
    void aChangeOfAnOldVersionIsRejected() {
        var first = food.createFoodItem(RAMEN);
        var second = food.updateFoodItem(
                first.id(),
                FoodItemChange.none().withName("Shoyu Ramen"),
                RequestOptions.none().withIfMatch(etag(first)));
        assertThat(second.name()).isEqualTo("Shoyu Ramen");
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> food.updateFoodItem(
                        first.id(),
                        FoodItemChange.none().withName("Miso Ramen"),
                        RequestOptions.none().withIfMatch(etag(first))));
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() ->
                        food.deleteFoodItem(first.id(), RequestOptions.none().withIfMatch(etag(first))));
        assertThat(food.getFoodItem(first.id())).isEqualTo(second);
        food.deleteFoodItem(first.id(), RequestOptions.none().withIfMatch(etag(second)));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> food.getFoodItem(first.id()));
    }

    @Test
    void deletingAnItemReturnsIt() {
        var item = food.createFoodItem(RAMEN);
        assertThat(food.deleteFoodItem(item.id()).item())
                .isEqualTo(new FoodItem(
                        item.id(),
                        "Ramen",
                        "Japanese",
                        item.price(),
                        true,
                        item.productId(),
                        Optional.empty(),
                        Map.of()));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> food.deleteFoodItem(item.id()));
    }

    @Test
    void pagesAreOrderedByIdAndHaveTheStockLevels() {
        // This id sorts before all others, because food requests only the first 200 products.
        platform.client().inventory().createProduct(ProductDraft.of("0-sdk-food", "Noodles", 40));
        platform.client().inventory().reserveStock("0-sdk-food", StockQuantity.of(3));
        var names = List.of("Page A", "Page B", "Page C");
        names.forEach(name -> food.createFoodItem(FoodItemDraft.of(name, "Pages", PRICE)));
        var pages = StreamSupport.stream(
                        food.listFoodItems(FoodItemQuery.all().withPageSize(2))
                                .pages()
                                .spliterator(),
                        false)
                .toList();
        var all = pages.stream().flatMap(page -> page.items().stream()).toList();
        assertThat(all)
                .hasSizeGreaterThanOrEqualTo(8)
                .extracting(FoodItem::name)
                .startsWith("Pizza Margherita", "Sushi Roll", "Burger Deluxe", "Pad Thai", "Tacos")
                .containsSubsequence(names);
        assertThat(pages).hasSize((all.size() + 1) / 2);

        assertThat(pages).allSatisfy(page -> {
            assertThat(page.inventoryCheck().checked()).isTrue();
            assertThat(page.inventoryCheck().message()).isEmpty();
            assertThat(page.inventoryCheck().inventoryItems())
                    .contains(new StockedProduct("0-sdk-food", 40, 37, Map.of()));
        });
    }

    private static String etag(FoodItem item) {
        return item.etag().orElseThrow();
    }
}
