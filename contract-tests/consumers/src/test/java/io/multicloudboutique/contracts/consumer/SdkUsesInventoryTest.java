package io.multicloudboutique.contracts.consumer;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonArray;
import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonArrayMinLike;
import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static au.com.dius.pact.consumer.dsl.Matchers.fromProviderState;
import static au.com.dius.pact.consumer.dsl.Matchers.regexp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.HttpInteractionBuilder;
import au.com.dius.pact.consumer.dsl.HttpRequestBuilder;
import au.com.dius.pact.consumer.dsl.HttpResponseBuilder;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.IdempotencyKeyReusedException;
import io.multicloudboutique.client.errors.InsufficientStockException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.errors.ServerException;
import io.multicloudboutique.client.errors.Shortage;
import io.multicloudboutique.client.inventory.AdjustmentLine;
import io.multicloudboutique.client.inventory.AdjustmentReason;
import io.multicloudboutique.client.inventory.HeldLine;
import io.multicloudboutique.client.inventory.Product;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationExtension;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationStatus;
import io.multicloudboutique.client.inventory.StockAdjustment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({CommittedPacts.class, PactConsumerTestExt.class})
class SdkUsesInventoryTest {

    private static final String KEY = "order-1001/hold/0";
    private static final UUID ID = UUID.fromString("3b9c6c1e-5a5e-4a55-9c0c-2f1df0a9a7a1");
    private static final ReservationDraft CART = ReservationDraft.of(List.of(ReservationLine.of("2ZYFJ3GM2N", 2)))
            .withReference("order-1001")
            .withFingerprint("two-cameras")
            .withTtl(Duration.ofMinutes(15));
    private static final ReservationDraft ANOTHER_CART = ReservationDraft.of(
                    List.of(ReservationLine.of("2ZYFJ3GM2N", 3)))
            .withReference("order-1001")
            .withFingerprint("three-cameras")
            .withTtl(Duration.ofMinutes(15));
    private static final ProductChange CHANGE = ProductChange.none().withStockLevel(20);
    private static final List<HeldLine> LINES = List.of(new HeldLine("2ZYFJ3GM2N", 2, Map.of()));
    private static final ReservationExtension EXTENSION = ReservationExtension.of(Duration.ofMinutes(30));
    private static final StockAdjustment ADJUSTMENT =
            StockAdjustment.of(List.of(AdjustmentLine.of("2ZYFJ3GM2N", -3)), AdjustmentReason.DAMAGED);
    private static final String ETAG = "\"1\"";
    private static final String STALE = "\"0\"";

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact product(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a product",
                        interaction -> inStock(interaction, 15)
                                .withRequest(request -> Sdk.get(request).path("/inventory/2ZYFJ3GM2N"))
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonBody(SdkUsesInventoryTest::product)
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "product")
    void itReadsAProduct(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThat(boutique.inventory().getProduct("2ZYFJ3GM2N").name()).isEqualTo("Film Camera");
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact noProduct(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a product that does not exist",
                        interaction -> interaction
                                .state("there are no products")
                                .withRequest(request -> Sdk.get(request).path("/inventory/2ZYFJ3GM2N"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "noProduct")
    void itReadsThatAProductDoesNotExist(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThatThrownBy(() -> boutique.inventory().getProduct("2ZYFJ3GM2N"))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact hold(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to hold a cart",
                        interaction -> inStock(interaction, 15)
                                .withRequest(SdkUsesInventoryTest::hold)
                                .willRespondWith(response -> reservation(response, 201, "active")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "hold")
    void itHoldsACart(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThat(boutique.inventory()
                            .createReservation(CART, RequestOptions.none().withIdempotencyKey(KEY)))
                    .isEqualTo(reservation(ReservationStatus.ACTIVE));
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact holdAgain(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to hold a cart, repeated with its idempotency key",
                        interaction -> held(interaction)
                                .withRequest(SdkUsesInventoryTest::hold)
                                .willRespondWith(response -> reservation(response, 201, "active")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "holdAgain")
    void repeatingARequestWithItsKeyReturnsTheSameHold(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThat(boutique.inventory()
                            .createReservation(CART, RequestOptions.none().withIdempotencyKey(KEY)))
                    .isEqualTo(reservation(ReservationStatus.ACTIVE));
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact shortage(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to hold more than is available",
                        interaction -> inStock(interaction, 1)
                                .withRequest(SdkUsesInventoryTest::hold)
                                .willRespondWith(response -> Sdk.problem(
                                        response, 409, "insufficient-stock", problem -> shortages(problem, 1, 2))))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "shortage")
    void itReadsTheShortages(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            var conflict = catchThrowableOfType(
                    InsufficientStockException.class,
                    () -> boutique.inventory()
                            .createReservation(CART, RequestOptions.none().withIdempotencyKey(KEY)));

            assertThat(conflict.shortages()).containsExactly(new Shortage("2ZYFJ3GM2N", 1, 2));
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact unknownProduct(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to hold a product that does not exist",
                        interaction -> interaction
                                .state("there are no products")
                                .withRequest(SdkUsesInventoryTest::hold)
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "unknownProduct")
    void itReadsThatAProductOfTheCartDoesNotExist(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThatThrownBy(() -> boutique.inventory()
                            .createReservation(CART, RequestOptions.none().withIdempotencyKey(KEY)))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact holds(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the holds of an order",
                        interaction -> held(interaction)
                                .withRequest(SdkUsesInventoryTest::holds)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonArrayMinLike(
                                                        1, holds -> holds.object(hold -> reservation(hold, "active")))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "holds")
    void itFindsTheHoldsOfAnOrder(MockServer inventory) {
        assertThat(findHolds(inventory)).containsExactly(reservation(ReservationStatus.ACTIVE));
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact noHolds(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the holds of a new order",
                        interaction -> interaction
                                .state("there are no products")
                                .withRequest(SdkUsesInventoryTest::holds)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonArray(holds -> {}).build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "noHolds")
    void itFindsNoHoldsOfANewOrder(MockServer inventory) {
        assertThat(findHolds(inventory)).isEmpty();
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact confirmed(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to confirm a hold",
                        interaction -> held(interaction)
                                .withRequest(request -> act(request, "confirm"))
                                .willRespondWith(response -> reservation(response, 200, "confirmed")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "confirmed")
    void itConfirmsAHold(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThat(boutique.inventory().confirmReservation(ID)).isEqualTo(reservation(ReservationStatus.CONFIRMED));
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact cancelled(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to cancel a hold",
                        interaction -> held(interaction)
                                .withRequest(request -> act(request, "cancel"))
                                .willRespondWith(response -> reservation(response, 200, "cancelled")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "cancelled")
    void itCancelsAHold(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThat(boutique.inventory().cancelReservation(ID)).isEqualTo(reservation(ReservationStatus.CANCELLED));
        }
    }

    private static HttpResponseBuilder conflict(HttpResponseBuilder response, String code, String status) {
        return Sdk.problem(response, 409, code, problem -> problem.stringValue("reservationStatus", status));
    }

    private static void assertConflict(ThrowingCallable call, ProblemCode code, ReservationStatus status) {
        var conflict = catchThrowableOfType(ConflictException.class, call);

        assertThat(conflict.code()).isEqualTo(code);
        assertThat(conflict.problem().orElseThrow().reservationStatus()).contains(status);
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact expired(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to confirm a hold that has expired",
                        interaction -> held(interaction)
                                .state("the cart has expired")
                                .withRequest(request -> act(request, "confirm"))
                                .willRespondWith(response -> conflict(response, "reservation-not-active", "expired")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "expired")
    void itReadsThatAHoldHasExpired(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertConflict(
                    () -> boutique.inventory().confirmReservation(ID),
                    ProblemCode.RESERVATION_NOT_ACTIVE,
                    ReservationStatus.EXPIRED);
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact extended(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to extend a hold",
                        interaction -> held(interaction)
                                .withRequest(SdkUsesInventoryTest::extend)
                                .willRespondWith(response -> reservation(response, 200, "active")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "extended")
    void itExtendsAHold(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThat(boutique.inventory().extendReservation(ID, EXTENSION))
                    .isEqualTo(reservation(ReservationStatus.ACTIVE));
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact extendedTooLate(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to extend a hold that has expired",
                        interaction -> held(interaction)
                                .state("the cart has expired")
                                .withRequest(SdkUsesInventoryTest::extend)
                                .willRespondWith(response -> conflict(response, "reservation-not-active", "expired")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "extendedTooLate")
    void itReadsThatAHoldHasExpiredBeforeItsExtension(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertConflict(
                    () -> boutique.inventory().extendReservation(ID, EXTENSION),
                    ProblemCode.RESERVATION_NOT_ACTIVE,
                    ReservationStatus.EXPIRED);
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact returned(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to return the goods of a confirmed hold",
                        interaction -> held(interaction)
                                .state("the cart is confirmed")
                                .withRequest(request -> act(request, "return"))
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonBody(body -> {
                                                    reservation(body, "confirmed");
                                                    lines(body, "returnedLines");
                                                })
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "returned")
    void itReturnsTheGoodsOfAConfirmedHold(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThat(boutique.inventory().returnReservation(ID))
                    .isEqualTo(reservation(ReservationStatus.CONFIRMED, LINES));
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact returnedTooEarly(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to return the goods of a hold that is not confirmed",
                        interaction -> held(interaction)
                                .withRequest(request -> act(request, "return"))
                                .willRespondWith(response -> conflict(response, "reservation-not-confirmed", "active")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "returnedTooEarly")
    void itReadsThatAHoldIsNotConfirmed(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertConflict(
                    () -> boutique.inventory().returnReservation(ID),
                    ProblemCode.RESERVATION_NOT_CONFIRMED,
                    ReservationStatus.ACTIVE);
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact adjusted(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to adjust the stock level of a product",
                        interaction -> inStock(interaction, 15)
                                .withRequest(SdkUsesInventoryTest::adjust)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonArrayMinLike(
                                                        1, products -> products.object(SdkUsesInventoryTest::product))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "adjusted")
    void itAdjustsAStockLevel(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThat(boutique.inventory().adjustStock(ADJUSTMENT))
                    .extracting(Product::productId, Product::stockLevel)
                    .containsExactly(tuple("2ZYFJ3GM2N", 15L));
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact adjustedBelowReserved(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for an adjustment that takes reserved stock",
                        interaction -> inStock(interaction, 3)
                                .state(
                                        "some of a product is reserved",
                                        Map.of("productId", "2ZYFJ3GM2N", "quantity", 2))
                                .withRequest(SdkUsesInventoryTest::adjust)
                                .willRespondWith(response -> Sdk.problem(
                                        response, 409, "stock-below-reserved", problem -> shortages(problem, 1, 3))))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "adjustedBelowReserved")
    void itReadsTheShortagesOfAnAdjustment(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            var conflict = catchThrowableOfType(
                    ConflictException.class, () -> boutique.inventory().adjustStock(ADJUSTMENT));

            assertThat(conflict.code()).isEqualTo(ProblemCode.STOCK_BELOW_RESERVED);
            assertThat(conflict.problem().orElseThrow().shortages()).containsExactly(new Shortage("2ZYFJ3GM2N", 1, 3));
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact keyReused(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to hold another cart with the same idempotency key",
                        interaction -> held(interaction)
                                .withRequest(request -> holdAnother(request, KEY))
                                .willRespondWith(response -> Sdk.problem(response, 422, "idempotency-key-reused")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "keyReused")
    void itReadsThatAKeyIsReused(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThatThrownBy(() -> boutique.inventory()
                            .createReservation(
                                    ANOTHER_CART, RequestOptions.none().withIdempotencyKey(KEY)))
                    .isInstanceOf(IdempotencyKeyReusedException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact referenceTaken(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to hold another cart with the same reference",
                        interaction -> held(interaction)
                                .withRequest(request -> holdAnother(request, "order-1001/hold/1"))
                                .willRespondWith(response -> Sdk.problem(response, 409, "reference-taken")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "referenceTaken")
    void itReadsThatAnOrderAlreadyHoldsACart(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            var conflict = catchThrowableOfType(
                    ConflictException.class,
                    () -> boutique.inventory()
                            .createReservation(
                                    ANOTHER_CART, RequestOptions.none().withIdempotencyKey("order-1001/hold/1")));

            assertThat(conflict.code()).isEqualTo(ProblemCode.REFERENCE_TAKEN);
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact inProgress(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to hold a cart, while the first request with its idempotency key is in progress",
                        interaction -> Sdk.inProgress(inStock(interaction, 15), "/reservations", KEY)
                                .withRequest(SdkUsesInventoryTest::hold)
                                .willRespondWith(
                                        response -> Sdk.temporaryProblem(response, 409, "request-in-progress")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "inProgress")
    void itReadsThatARequestIsInProgress(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            var conflict = catchThrowableOfType(
                    ConflictException.class,
                    () -> boutique.inventory()
                            .createReservation(CART, RequestOptions.none().withIdempotencyKey(KEY)));

            assertThat(conflict.code()).isEqualTo(ProblemCode.REQUEST_IN_PROGRESS);
            assertThat(conflict.headers()).containsKey("retry-after");
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact unavailable(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to hold a cart, while the service is unavailable",
                        interaction -> inStock(interaction, 15)
                                .state("the database is unavailable")
                                .withRequest(SdkUsesInventoryTest::hold)
                                .willRespondWith(response -> Sdk.temporaryProblem(response, 503, "unavailable")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "unavailable")
    void itReadsWhenToTryAgain(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            var failure = catchThrowableOfType(
                    ServerException.class,
                    () -> boutique.inventory()
                            .createReservation(CART, RequestOptions.none().withIdempotencyKey(KEY)));

            assertThat(failure.code()).isEqualTo(ProblemCode.UNAVAILABLE);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact changed(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a product that still has its version",
                        interaction -> inStock(interaction, 15)
                                .state("the version of the product is known", Map.of("productId", "2ZYFJ3GM2N"))
                                .withRequest(request ->
                                        change(request).header("If-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> response.status(200)
                                        .header("ETag", regexp("\"[^\"]+\"", "\"2\""))
                                        .body(newJsonBody(product -> product.stringType("productId", "2ZYFJ3GM2N")
                                                        .stringType("name", "Film Camera")
                                                        .integerType("stockLevel", 20)
                                                        .integerType("reserved", 0)
                                                        .integerType("available", 20)
                                                        .stringMatcher(
                                                                "lastUpdated",
                                                                Sdk.TIMESTAMP,
                                                                "2026-01-20T10:30:00.125Z"))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changed")
    void itChangesAVersionOfAProduct(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThat(boutique.inventory()
                            .updateProduct(
                                    "2ZYFJ3GM2N", CHANGE, RequestOptions.none().withIfMatch(ETAG))
                            .etag())
                    .contains("\"2\"");
        }
    }

    @Pact(consumer = "client-sdk", provider = "inventory")
    V4Pact changedBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a product that has changed",
                        interaction -> inStock(interaction, 15)
                                .withRequest(request -> change(request).header("If-Match", STALE))
                                .willRespondWith(response -> Sdk.problem(response, 412, "precondition-failed")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changedBefore")
    void itReadsThatAProductHasChanged(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            assertThatThrownBy(() -> boutique.inventory()
                            .updateProduct(
                                    "2ZYFJ3GM2N", CHANGE, RequestOptions.none().withIfMatch(STALE)))
                    .isInstanceOf(PreconditionFailedException.class);
        }
    }

    private static HttpRequestBuilder change(HttpRequestBuilder request) {
        return Sdk.put(request)
                .path("/inventory/2ZYFJ3GM2N")
                .body(newJsonBody(change -> change.integerType("stockLevel", 20))
                        .build());
    }

    private static HttpInteractionBuilder inStock(HttpInteractionBuilder interaction, int stockLevel) {
        return interaction.state("a product is in stock", Map.of("productId", "2ZYFJ3GM2N", "stockLevel", stockLevel));
    }

    private static HttpInteractionBuilder held(HttpInteractionBuilder interaction) {
        return inStock(interaction, 15)
                .state(
                        "a cart is held",
                        Map.of(
                                "key",
                                KEY,
                                "productId",
                                "2ZYFJ3GM2N",
                                "quantity",
                                2,
                                "ttlSeconds",
                                900,
                                "reference",
                                "order-1001",
                                "fingerprint",
                                "two-cameras"));
    }

    private static HttpRequestBuilder hold(HttpRequestBuilder request) {
        return hold(request, KEY, 2, "two-cameras");
    }

    private static HttpRequestBuilder holdAnother(HttpRequestBuilder request, String key) {
        return hold(request, key, 3, "three-cameras");
    }

    private static HttpRequestBuilder hold(HttpRequestBuilder request, String key, int quantity, String fingerprint) {
        return Sdk.post(request, key)
                .path("/reservations")
                .body(newJsonBody(cart -> cart.minArrayLike(
                                        "lines",
                                        1,
                                        line -> line.stringType("productId", "2ZYFJ3GM2N")
                                                .integerType("quantity", quantity))
                                .integerType("ttlSeconds", 900)
                                .stringType("reference", "order-1001")
                                .stringType("fingerprint", fingerprint))
                        .build());
    }

    private static HttpRequestBuilder holds(HttpRequestBuilder request) {
        return Sdk.get(request).path("/reservations").queryParameter("reference", "order-1001");
    }

    private static HttpRequestBuilder extend(HttpRequestBuilder request) {
        return act(request, "extend")
                .body(newJsonBody(extension -> extension.integerType("ttlSeconds", 1800))
                        .build());
    }

    private static HttpRequestBuilder adjust(HttpRequestBuilder request) {
        return Sdk.post(request)
                .path("/inventory/adjustments")
                .body(newJsonBody(adjustment -> adjustment
                                .minArrayLike(
                                        "lines",
                                        1,
                                        line -> line.stringType("productId", "2ZYFJ3GM2N")
                                                .integerType("delta", -3))
                                .stringValue("reason", "damaged"))
                        .build());
    }

    private static HttpRequestBuilder act(HttpRequestBuilder request, String action) {
        return Sdk.post(request)
                .path(fromProviderState(
                        "/reservations/${reservationId}/" + action, "/reservations/" + ID + "/" + action));
    }

    private static HttpResponseBuilder reservation(HttpResponseBuilder response, int status, String reservation) {
        return response.status(status)
                .body(newJsonBody(body -> reservation(body, reservation)).build());
    }

    private static void reservation(LambdaDslObject body, String status) {
        body.uuid("reservationId", ID)
                // In a list, a value without a matcher of its own would match any value of its type, because the list's
                // matcher applies.
                .stringMatcher("status", status, status)
                .stringMatcher("fingerprint", "two-cameras", "two-cameras")
                .stringMatcher("createdAt", Sdk.TIMESTAMP, "2026-01-20T10:30:00.125Z")
                .stringMatcher("expiresAt", Sdk.TIMESTAMP, "2026-01-20T10:45:00.125Z");
        lines(body, "lines");
    }

    private static void lines(LambdaDslObject reservation, String name) {
        reservation.minArrayLike(
                name, 1, line -> line.stringType("productId", "2ZYFJ3GM2N").integerType("quantity", 2));
    }

    private static void product(LambdaDslObject body) {
        body.stringType("productId", "2ZYFJ3GM2N")
                .stringType("name", "Film Camera")
                .integerType("stockLevel", 15)
                .integerType("reserved", 0)
                .integerType("available", 15)
                .stringMatcher("lastUpdated", Sdk.TIMESTAMP, "2026-01-20T10:30:00.125Z");
    }

    private static void shortages(LambdaDslObject problem, int available, int requested) {
        problem.minArrayLike(
                "shortages",
                1,
                shortage -> shortage.stringType("productId", "2ZYFJ3GM2N")
                        .integerType("available", available)
                        .integerType("requested", requested));
    }

    private static Reservation reservation(ReservationStatus status) {
        return reservation(status, List.of());
    }

    private static Reservation reservation(ReservationStatus status, List<HeldLine> returnedLines) {
        return new Reservation(
                ID,
                status,
                LINES,
                returnedLines,
                Optional.empty(),
                Optional.of("two-cameras"),
                Instant.parse("2026-01-20T10:30:00.125Z"),
                Instant.parse("2026-01-20T10:45:00.125Z"),
                Optional.empty(),
                Map.of());
    }

    private static List<Reservation> findHolds(MockServer inventory) {
        try (var boutique = boutique(inventory)) {
            return boutique.inventory().listReservations(ReservationQuery.all().withReference("order-1001")).stream()
                    .toList();
        }
    }

    private static BoutiqueClient boutique(MockServer inventory) {
        return Sdk.of(BoutiqueService.INVENTORY, inventory);
    }
}
