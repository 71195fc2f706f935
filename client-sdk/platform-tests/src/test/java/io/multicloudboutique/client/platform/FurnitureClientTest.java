package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import io.multicloudboutique.client.furniture.FurnitureClient;
import io.multicloudboutique.client.furniture.FurnitureItem;
import io.multicloudboutique.client.furniture.FurnitureItemChange;
import io.multicloudboutique.client.furniture.FurnitureItemDraft;
import io.multicloudboutique.client.furniture.FurnitureItemQuery;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SharedPlatform
class FurnitureClientTest {

    private static final BigDecimal PRICE = new BigDecimal("149.5");
    private static final FurnitureItemDraft LAMP =
            FurnitureItemDraft.of("Floor Lamp", "Lighting", PRICE).withProductId("L9ECAV7KIM");

    @RegisterExtension
    static final Recorded<FurnitureClient> RECORDED = Recorded.of(FurnitureClient.class);

    private final FurnitureClient furniture;

    FurnitureClientTest(Platform platform) {
        furniture = RECORDED.around(platform.client().furniture());
    }

    @Test
    void theServiceIsHealthy() {
        Healths.assertHealthy(furniture, "furniture");
    }

    @Test
    void anItemIsCreated() {
        var item = furniture.createFurnitureItem(LAMP);
        assertThat(item.name()).isEqualTo("Floor Lamp");
        assertThat(item.category()).isEqualTo("Lighting");
        assertThat(item.price()).isEqualByComparingTo("149.50");
        assertThat(item.productId()).contains("L9ECAV7KIM");
        assertThat(item.etag()).isPresent();
        assertThat(furniture.getFurnitureItem(item.id())).isEqualTo(item);
        assertThat(furniture
                        .createFurnitureItem(FurnitureItemDraft.of("Candle", "Lighting", BigDecimal.ZERO))
                        .productId())
                .isEmpty();
    }

    @Test
    void theSameKeyCreatesOnce() {
        var item = FurnitureItemDraft.of("Chair", "sdk-once", PRICE);
        var first = furniture.createFurnitureItem(item, RequestOptions.none().withIdempotencyKey("sdk-once"));
        assertThat(furniture.createFurnitureItem(item, RequestOptions.none().withIdempotencyKey("sdk-once")))
                .isEqualTo(first);
        assertThat(furniture.listFurnitureItems(FurnitureItemQuery.all().withCategory("sdk-once")))
                .hasSize(1);
    }

    @Test
    void anUnchangedItemIsNotSentAgain() {
        var item = furniture.createFurnitureItem(LAMP);
        assertThat(furniture.getFurnitureItemIfChanged(item.id(), etag(item))).isEmpty();
        var changed = furniture.updateFurnitureItem(
                item.id(), FurnitureItemChange.none().withName("Tall Lamp"));
        assertThat(furniture.getFurnitureItemIfChanged(item.id(), etag(item))).contains(changed);
    }

    @Test
    void omittedFieldsKeepTheirValues() {
        var item = furniture.createFurnitureItem(LAMP);
        var changed = furniture.updateFurnitureItem(
                item.id(), FurnitureItemChange.none().withCategory("Lamps").withPrice(new BigDecimal("9999999.99")));
        assertThat(changed.name()).isEqualTo("Floor Lamp");
        assertThat(changed.category()).isEqualTo("Lamps");
        assertThat(changed.price()).isEqualByComparingTo("9999999.99");
        assertThat(changed.productId()).contains("L9ECAV7KIM");
        assertThat(furniture.getFurnitureItem(item.id())).isEqualTo(changed);
        assertThat(furniture
                        .updateFurnitureItem(
                                item.id(), FurnitureItemChange.none().withProductId(""))
                        .productId())
                .isEmpty();
    }

    @Test
    void aChangeOfAnOldVersionIsRejected() {
        var first = furniture.createFurnitureItem(LAMP);
        var second = furniture.updateFurnitureItem(
                first.id(),
                FurnitureItemChange.none().withName("Tall Lamp"),
                RequestOptions.none().withIfMatch(etag(first)));
        assertThat(second.name()).isEqualTo("Tall Lamp");
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> furniture.updateFurnitureItem(
                        first.id(),
                        FurnitureItemChange.none().withName("Short Lamp"),
                        RequestOptions.none().withIfMatch(etag(first))));
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> furniture.deleteFurnitureItem(
                        first.id(), RequestOptions.none().withIfMatch(etag(first))));
        assertThat(furniture.getFurnitureItem(first.id())).isEqualTo(second);
        furniture.deleteFurnitureItem(first.id(), RequestOptions.none().withIfMatch(etag(second)));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> furniture.getFurnitureItem(first.id()));
    }

    @Test
    void deletingAnItemReturnsIt() {
        var item = furniture.createFurnitureItem(LAMP);
        assertThat(furniture.deleteFurnitureItem(item.id()).item())
                .isEqualTo(new FurnitureItem(
                        item.id(),
                        item.name(),
                        item.category(),
                        item.price(),
                        item.productId(),
                        Optional.empty(),
                        Map.of()));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> furniture.deleteFurnitureItem(item.id()));
    }

    @Test
    void pagesAreOrderedById() {
        var names = List.of("A", "B", "C", "D", "E");
        names.forEach(name -> furniture.createFurnitureItem(FurnitureItemDraft.of(name, "sdk pages & more", PRICE)));
        var pages = furniture.listFurnitureItems(
                FurnitureItemQuery.all().withCategory("sdk pages & more").withPageSize(2));
        assertThat(pages).extracting(FurnitureItem::name).containsExactlyElementsOf(names);
        assertThat(pages.pages()).extracting(page -> page.items().size()).containsExactly(2, 2, 1);
        assertThat(furniture.listFurnitureItems())
                .extracting(FurnitureItem::name)
                .startsWith("Oak Desk", "Leather Sofa")
                .containsSubsequence(names);
    }

    private static String etag(FurnitureItem item) {
        return item.etag().orElseThrow();
    }
}
