package io.multicloudboutique.contracts.consumer;

import au.com.dius.pact.consumer.junit5.PactTestFor;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.furniture.FurnitureItem;
import io.multicloudboutique.client.furniture.FurnitureItemChange;
import io.multicloudboutique.client.furniture.FurnitureItemDraft;
import io.multicloudboutique.client.furniture.FurnitureItemQuery;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

@PactTestFor(providerName = "furniture")
class SdkUsesFurnitureTest extends ItemPacts<FurnitureItem, FurnitureItemDraft> {

    private static final BigDecimal PRICE = new BigDecimal("299.99");

    SdkUsesFurnitureTest() {
        super(
                BoutiqueService.FURNITURE,
                "/furniture",
                "furniture item",
                new Filter("of a category", "category", "Office"),
                "item-1001",
                FurnitureItemDraft.of("Oak Desk", "Office", PRICE).withProductId("OAKDESK001"),
                Map.of("name", "Oak Desk", "category", "Office", "price", 299.99, "productId", "OAKDESK001"),
                FurnitureItemDraft.of("Modern Chair", "Kitchen", PRICE),
                Map.of("name", "Modern Chair", "category", "Kitchen", "price", 299.99));
    }

    @Override
    protected Iterable<FurnitureItem> list(BoutiqueClient boutique) {
        return boutique.furniture().listFurnitureItems();
    }

    @Override
    protected Iterable<FurnitureItem> list(BoutiqueClient boutique, int pageSize) {
        return boutique.furniture().listFurnitureItems(FurnitureItemQuery.all().withPageSize(pageSize));
    }

    @Override
    protected Iterable<FurnitureItem> listMatching(BoutiqueClient boutique) {
        return boutique.furniture().listFurnitureItems(FurnitureItemQuery.all().withCategory("Office"));
    }

    @Override
    protected FurnitureItem create(BoutiqueClient boutique, FurnitureItemDraft draft, RequestOptions options) {
        return boutique.furniture().createFurnitureItem(draft, options);
    }

    @Override
    protected FurnitureItem get(BoutiqueClient boutique) {
        return boutique.furniture().getFurnitureItem(7);
    }

    @Override
    protected Optional<FurnitureItem> getIfChanged(BoutiqueClient boutique, String etag) {
        return boutique.furniture().getFurnitureItemIfChanged(7, etag);
    }

    @Override
    protected FurnitureItem update(BoutiqueClient boutique, RequestOptions options) {
        return boutique.furniture()
                .updateFurnitureItem(
                        7,
                        FurnitureItemChange.none()
                                .withName("Oak Desk")
                                .withCategory("Office")
                                .withPrice(PRICE)
                                .withProductId("OAKDESK001"),
                        options);
    }

    @Override
    protected FurnitureItem delete(BoutiqueClient boutique, RequestOptions options) {
        return boutique.furniture().deleteFurnitureItem(7, options).item();
    }

    @Override
    protected FurnitureItem item(Optional<String> etag) {
        return new FurnitureItem(7, "Oak Desk", "Office", PRICE, Optional.of("OAKDESK001"), etag, Map.of());
    }
}
