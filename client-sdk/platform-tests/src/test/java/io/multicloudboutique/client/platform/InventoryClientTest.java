package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import io.multicloudboutique.client.inventory.AdjustmentLine;
import io.multicloudboutique.client.inventory.AdjustmentReason;
import io.multicloudboutique.client.inventory.HeldLine;
import io.multicloudboutique.client.inventory.InventoryClient;
import io.multicloudboutique.client.inventory.Movement;
import io.multicloudboutique.client.inventory.MovementKind;
import io.multicloudboutique.client.inventory.MovementQuery;
import io.multicloudboutique.client.inventory.Product;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.ProductQuery;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationExtension;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationReturn;
import io.multicloudboutique.client.inventory.ReservationStatus;
import io.multicloudboutique.client.inventory.StockAdjustment;
import io.multicloudboutique.client.inventory.StockQuantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SharedPlatform
class InventoryClientTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @RegisterExtension
    static final Recorded<InventoryClient> RECORDED = Recorded.of(InventoryClient.class);

    private final InventoryClient inventory;

    InventoryClientTest(Platform platform) {
        inventory = RECORDED.around(platform.client().inventory());
    }

    @Test
    void theServiceIsHealthy() {
        Healths.assertHealthy(inventory, "inventory");
    }

    @Test
    void aProductIsCreated() {
        var product = inventory.createProduct(ProductDraft.of("SDK_put-in", "Desk Lamp", 1_000_000_000));
        assertThat(product.productId()).isEqualTo("SDK_put-in");
        assertThat(product.name()).isEqualTo("Desk Lamp");
        assertThat(product.stockLevel()).isEqualTo(1_000_000_000);
        assertThat(product.reserved()).isZero();
        assertThat(product.available()).isEqualTo(1_000_000_000);
        assertThat(product.etag()).isPresent();
        assertThat(inventory.getProduct("SDK_put-in")).isEqualTo(product);
    }

    @Test
    void theSameKeyCreatesOnce() {
        var product = ProductDraft.of("SDK-once", "Desk Lamp", 20);
        var first = inventory.createProduct(product, RequestOptions.none().withIdempotencyKey("sdk-once"));
        // Without the key, this request would be rejected, because the product exists.
        assertThat(inventory.createProduct(product, RequestOptions.none().withIdempotencyKey("sdk-once")))
                .isEqualTo(first);
    }

    @Test
    void anUnchangedProductIsNotSentAgain() {
        var product = inventory.createProduct(ProductDraft.of("SDK-known", "Desk Lamp", 20));
        assertThat(inventory.getProductIfChanged("SDK-known", etag(product))).isEmpty();
        var changed = inventory.updateProduct("SDK-known", ProductChange.none().withName("Lamp"));
        assertThat(changed.name()).isEqualTo("Lamp");
        assertThat(changed.stockLevel()).isEqualTo(20);
        assertThat(inventory.getProductIfChanged("SDK-known", etag(product))).contains(changed);
    }

    @Test
    void aChangeOfAnOldVersionIsRejected() {
        var first = inventory.createProduct(ProductDraft.of("SDK-old", "Desk Lamp", 20));
        var second = inventory.updateProduct(
                "SDK-old",
                ProductChange.none().withStockLevel(30),
                RequestOptions.none().withIfMatch(etag(first)));
        assertThat(second.stockLevel()).isEqualTo(30);
        assertThat(second.name()).isEqualTo("Desk Lamp");
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> inventory.updateProduct(
                        "SDK-old",
                        ProductChange.none().withStockLevel(40),
                        RequestOptions.none().withIfMatch(etag(first))));
        assertThat(inventory.getProduct("SDK-old")).isEqualTo(second);
    }

    @Test
    void stockIsReservedAndReleasedOncePerKey() {
        inventory.createProduct(ProductDraft.of("SDK-unassigned", "Desk Lamp", 20));
        assertThat(inventory.reserveStock("SDK-unassigned", StockQuantity.of(5)).reserved())
                .isEqualTo(5);
        inventory.reserveStock(
                "SDK-unassigned", StockQuantity.of(3), RequestOptions.none().withIdempotencyKey("sdk-reserve"));
        assertThat(inventory
                        .reserveStock(
                                "SDK-unassigned",
                                StockQuantity.of(3),
                                RequestOptions.none().withIdempotencyKey("sdk-reserve"))
                        .available())
                .isEqualTo(12);
        assertThat(inventory.releaseStock("SDK-unassigned", StockQuantity.of(1)).reserved())
                .isEqualTo(7);
        inventory.releaseStock(
                "SDK-unassigned", StockQuantity.of(2), RequestOptions.none().withIdempotencyKey("sdk-release"));
        inventory.releaseStock(
                "SDK-unassigned", StockQuantity.of(2), RequestOptions.none().withIdempotencyKey("sdk-release"));

        var product = inventory.getProduct("SDK-unassigned");
        assertThat(product.reserved()).isEqualTo(5);
        assertThat(product.available()).isEqualTo(15);
        assertThat(inventory.listMovements("SDK-unassigned"))
                .extracting(Movement::kind, Movement::stockDelta, Movement::reservedDelta)
                .containsExactly(
                        tuple(MovementKind.RELEASE, 0L, -2L),
                        tuple(MovementKind.RELEASE, 0L, -1L),
                        tuple(MovementKind.RESERVE, 0L, 3L),
                        tuple(MovementKind.RESERVE, 0L, 5L),
                        tuple(MovementKind.OPENING, 20L, 0L));
        var pages =
                inventory.listMovements("SDK-unassigned", MovementQuery.all().withPageSize(2));
        assertThat(pages.pages()).extracting(page -> page.items().size()).containsExactly(2, 2, 1);
        assertThat(pages).containsExactlyElementsOf(inventory.listMovements("SDK-unassigned"));
    }

    @Test
    void pagesOfProductsAreOrderedByIdAndHaveTheTotal() {
        for (var id : List.of("SDK-page-b", "SDK-page-a", "SDK-page-c")) {
            inventory.createProduct(ProductDraft.of(id, "Desk Lamp", 1));
        }
        var all = inventory.listProducts().stream().map(Product::productId).toList();
        assertThat(all).isSorted().contains("OLJCESPC7Z", "SDK-page-a", "SDK-page-b", "SDK-page-c");
        var pages = inventory.listProducts(ProductQuery.all().withPageSize(2));
        assertThat(pages).extracting(Product::productId).containsExactlyElementsOf(all);
        assertThat(StreamSupport.stream(pages.pages().spliterator(), false))
                .hasSize((all.size() + 1) / 2)
                .allMatch(page -> page.total() == all.size());
    }

    @Test
    void productsAreFoundByWordsAndByTheirAvailableQuantity() {
        inventory.createProduct(ProductDraft.of("SDK-search-a", "Sdksearch Vintage Typewriter", 3));
        inventory.createProduct(ProductDraft.of("SDK-search-b", "Sdksearch Vintage Camera", 20));
        inventory.reserveStock("SDK-search-b");
        var search = ProductQuery.all().withSearchText("VINTAGE sdksearch");
        assertThat(inventory.listProducts(search))
                .extracting(Product::productId)
                .containsExactly("SDK-search-a", "SDK-search-b");
        assertThat(inventory.listProducts(search.withAvailableBelow(20)))
                .extracting(Product::productId)
                .containsExactly("SDK-search-a", "SDK-search-b");
        assertThat(inventory.listProducts(search.withAvailableBelow(19)))
                .extracting(Product::productId)
                .containsExactly("SDK-search-a");
        inventory.releaseStock("SDK-search-b");
        assertThat(inventory.getProduct("SDK-search-b").reserved()).isZero();
    }

    @Test
    void anArchivedProductIsListedOnRequestAndCanBeRestored() {
        stock("SDK-archived");
        var archived =
                inventory.updateProduct("SDK-archived", ProductChange.none().withArchived(true));
        assertThat(archived.archivedAt()).contains(archived.lastUpdated());
        assertThat(inventory.listProducts()).extracting(Product::productId).doesNotContain("SDK-archived");
        assertThat(inventory.listProducts(ProductQuery.all().withArchived(true)))
                .extracting(Product::productId)
                .contains("SDK-archived")
                .doesNotContain("OLJCESPC7Z");
        assertThat(inventory
                        .updateProduct("SDK-archived", ProductChange.none().withArchived(false))
                        .archivedAt())
                .isEmpty();
    }

    @Test
    void severalStockLevelsAreAdjustedOncePerKey() {
        stock("SDK-adjust-a", "SDK-adjust-b");
        var delivery = StockAdjustment.of(
                        List.of(
                                AdjustmentLine.of("SDK-adjust-b", 5),
                                AdjustmentLine.of("SDK-adjust-a", -3),
                                AdjustmentLine.of("SDK-adjust-b", 5)),
                        AdjustmentReason.COUNTED)
                .withReference("sdk-stocktake");
        var key = RequestOptions.none().withIdempotencyKey("sdk-adjust");
        var products = inventory.adjustStock(delivery, key);
        assertThat(products)
                .extracting(Product::productId, Product::stockLevel)
                .containsExactly(tuple("SDK-adjust-a", 17L), tuple("SDK-adjust-b", 30L));
        assertThat(inventory.adjustStock(delivery, key)).isEqualTo(products);
        assertThat(inventory.listMovements("SDK-adjust-b"))
                .extracting(Movement::kind, Movement::stockDelta, Movement::reason, Movement::reference)
                .containsExactly(
                        tuple(
                                MovementKind.ADJUSTMENT,
                                10L,
                                Optional.of(AdjustmentReason.COUNTED),
                                Optional.of("sdk-stocktake")),
                        tuple(MovementKind.OPENING, 20L, Optional.empty(), Optional.empty()));
    }

    @Test
    void anExtensionNeverShortensAHold() {
        stock("SDK-extended");
        var cart = hold("SDK-extended", 2);
        var extended = inventory.extendReservation(cart.reservationId(), ReservationExtension.of(Duration.ofHours(1)));
        assertThat(Duration.between(cart.createdAt(), extended.expiresAt()))
                .isBetween(Duration.ofHours(1), Duration.ofHours(1).plus(TIMEOUT));
        assertThat(inventory
                        .extendReservation(
                                cart.reservationId(),
                                ReservationExtension.of(Duration.ofSeconds(1)),
                                RequestOptions.none().withIdempotencyKey("sdk-extend"))
                        .expiresAt())
                .isEqualTo(extended.expiresAt());
    }

    @Test
    void theGoodsOfAConfirmedCartAreReturned() {
        stock("SDK-return");
        var one = hold("SDK-return", 4);
        inventory.confirmReservation(one.reservationId());
        var some = ReservationReturn.of(List.of(ReservationLine.of("SDK-return", 3)));
        var returned = inventory.returnReservation(one.reservationId(), some);
        assertThat(returned.status()).isEqualTo(ReservationStatus.CONFIRMED);
        assertThat(returned.returnedLines()).containsExactly(new HeldLine("SDK-return", 3, Map.of()));
        assertThat(inventory.returnReservation(one.reservationId(), some)).isEqualTo(returned);

        var all = hold("SDK-return", 4);
        inventory.confirmReservation(all.reservationId());
        assertThat(inventory.returnReservation(all.reservationId()).returnedLines())
                .isEqualTo(all.lines());
        assertThat(inventory.getProduct("SDK-return").stockLevel()).isEqualTo(19);
        assertThat(inventory.listMovements("SDK-return").iterator().next())
                .extracting(Movement::kind, Movement::stockDelta, Movement::reservationId)
                .containsExactly(MovementKind.RETURN, 4L, Optional.of(all.reservationId()));
    }

    @Test
    void aCartIsHeldAndConfirmed() {
        stock("SDK-cart-a", "SDK-cart-b");
        var cart = inventory.createReservation(ReservationDraft.of(List.of(
                        ReservationLine.of("SDK-cart-b", 1),
                        ReservationLine.of("SDK-cart-a", 2),
                        ReservationLine.of("SDK-cart-b", 3)))
                .withTtl(Duration.ofHours(1))
                .withReference("sdk order/1&2")
                .withFingerprint("two-and-four"));
        assertThat(cart.status()).isEqualTo(ReservationStatus.ACTIVE);
        assertThat(cart.lines())
                .containsExactly(new HeldLine("SDK-cart-a", 2, Map.of()), new HeldLine("SDK-cart-b", 4, Map.of()));
        assertThat(cart.reference()).contains("sdk order/1&2");
        assertThat(cart.fingerprint()).contains("two-and-four");
        assertThat(Duration.between(cart.createdAt(), cart.expiresAt())).isEqualTo(Duration.ofHours(1));
        assertThat(inventory.getReservation(cart.reservationId())).isEqualTo(cart);
        assertThat(inventory.getProduct("SDK-cart-b").available()).isEqualTo(16);

        var confirmed = inventory.confirmReservation(cart.reservationId());
        assertThat(confirmed.status()).isEqualTo(ReservationStatus.CONFIRMED);
        assertThat(inventory.confirmReservation(cart.reservationId())).isEqualTo(confirmed);
        assertThat(inventory.confirmReservation(
                        cart.reservationId(), RequestOptions.none().withIdempotencyKey("sdk-confirm")))
                .isEqualTo(confirmed);
        var left = inventory.getProduct("SDK-cart-b");
        assertThat(left.stockLevel()).isEqualTo(16);
        assertThat(left.reserved()).isZero();
        var id = Optional.of(cart.reservationId());
        assertThat(inventory.listMovements("SDK-cart-b"))
                .extracting(Movement::kind, Movement::stockDelta, Movement::reservedDelta, Movement::reservationId)
                .containsExactly(
                        tuple(MovementKind.CONFIRM, -4L, -4L, id),
                        tuple(MovementKind.HOLD, 0L, 4L, id),
                        tuple(MovementKind.OPENING, 20L, 0L, Optional.empty()));
    }

    @Test
    void cancellingACartReleasesItsStock() {
        stock("SDK-cancel");
        var one = hold("SDK-cancel", 2);
        var other = hold("SDK-cancel", 3);
        assertThat(Duration.between(one.createdAt(), one.expiresAt())).isEqualTo(Duration.ofMinutes(15));
        assertThat(one.reference()).isEmpty();
        assertThat(inventory.cancelReservation(one.reservationId()).status()).isEqualTo(ReservationStatus.CANCELLED);
        var cancelled = inventory.cancelReservation(
                other.reservationId(), RequestOptions.none().withIdempotencyKey("sdk-cancel"));
        assertThat(inventory.cancelReservation(
                        other.reservationId(), RequestOptions.none().withIdempotencyKey("sdk-cancel")))
                .isEqualTo(cancelled);
        var product = inventory.getProduct("SDK-cancel");
        assertThat(product.stockLevel()).isEqualTo(20);
        assertThat(product.available()).isEqualTo(20);
    }

    @Test
    void theSameKeyHoldsOnce() {
        stock("SDK-hold-once");
        var cart = ReservationDraft.of(List.of(ReservationLine.of("SDK-hold-once", 2)));
        var first = inventory.createReservation(cart, RequestOptions.none().withIdempotencyKey("sdk-hold"));
        assertThat(inventory.createReservation(cart, RequestOptions.none().withIdempotencyKey("sdk-hold")))
                .isEqualTo(first);
        assertThat(inventory.getProduct("SDK-hold-once").reserved()).isEqualTo(2);
    }

    @Test
    void anUnchangedReservationIsNotSentAgain() {
        stock("SDK-known-cart");
        var cart = hold("SDK-known-cart", 1);
        var etag = cart.etag().orElseThrow();
        assertThat(inventory.getReservationIfChanged(cart.reservationId(), etag))
                .isEmpty();
        var confirmed = inventory.confirmReservation(cart.reservationId());
        assertThat(inventory.getReservationIfChanged(cart.reservationId(), etag))
                .contains(confirmed);
    }

    @Test
    void aCartThatIsNotConfirmedExpires() {
        stock("SDK-forgotten");
        var cart = inventory.createReservation(ReservationDraft.of(List.of(ReservationLine.of("SDK-forgotten", 20)))
                .withTtl(Duration.ofSeconds(1)));
        await().atMost(TIMEOUT)
                .until(() -> inventory.getReservation(cart.reservationId()).status() == ReservationStatus.EXPIRED);
        await().atMost(TIMEOUT)
                .until(() -> inventory.getProduct("SDK-forgotten").available() == 20);
        assertThat(inventory.listMovements("SDK-forgotten").iterator().next().kind())
                .isEqualTo(MovementKind.EXPIRE);
    }

    @Test
    void reservationsAreListedNewestFirst() {
        stock("SDK-list");
        var order =
                ReservationDraft.of(List.of(ReservationLine.of("SDK-list", 1))).withReference("sdk-list & more");
        var ids = Stream.generate(() -> inventory.createReservation(order).reservationId())
                .peek(inventory::cancelReservation)
                .limit(3)
                .toList();
        var newestFirst = List.of(ids.get(2), ids.get(1), ids.get(0));

        var pages = inventory.listReservations(
                ReservationQuery.all().withReference("sdk-list & more").withPageSize(2));
        assertThat(pages).extracting(Reservation::reservationId).containsExactlyElementsOf(newestFirst);
        assertThat(pages.pages()).extracting(page -> page.items().size()).containsExactly(2, 1);
        var open = inventory.createReservation(order);
        assertThat(inventory.listReservations(
                        ReservationQuery.all().withReference("sdk-list & more").withStatus(ReservationStatus.ACTIVE)))
                .extracting(Reservation::reservationId)
                .containsExactly(open.reservationId());
        inventory.cancelReservation(open.reservationId());
        assertThat(inventory.listReservations().stream()
                        .map(Reservation::reservationId)
                        .limit(4))
                .startsWith(open.reservationId())
                .endsWith(newestFirst.toArray(UUID[]::new));
    }

    private void stock(String... productIds) {
        for (var id : productIds) {
            inventory.createProduct(ProductDraft.of(id, "Desk Lamp", 20));
        }
    }

    private Reservation hold(String productId, int quantity) {
        return inventory.createReservation(ReservationDraft.of(List.of(ReservationLine.of(productId, quantity))));
    }

    private static String etag(Product product) {
        return product.etag().orElseThrow();
    }
}
