package io.multicloudboutique.client.platform;

import static java.math.BigDecimal.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.accounting.RefundDraft;
import io.multicloudboutique.client.accounting.TransactionChange;
import io.multicloudboutique.client.accounting.TransactionDraft;
import io.multicloudboutique.client.analytics.MetricDraft;
import io.multicloudboutique.client.analytics.MetricQuery;
import io.multicloudboutique.client.crm.CustomerDraft;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.IdempotencyKeyReusedException;
import io.multicloudboutique.client.errors.InsufficientStockException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.Problem;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.errors.ProblemException;
import io.multicloudboutique.client.errors.Shortage;
import io.multicloudboutique.client.errors.ValidationException;
import io.multicloudboutique.client.errors.Violation;
import io.multicloudboutique.client.food.FoodItemDraft;
import io.multicloudboutique.client.food.FoodItemQuery;
import io.multicloudboutique.client.inventory.AdjustmentLine;
import io.multicloudboutique.client.inventory.AdjustmentReason;
import io.multicloudboutique.client.inventory.InventoryClient;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationReturn;
import io.multicloudboutique.client.inventory.ReservationStatus;
import io.multicloudboutique.client.inventory.StockAdjustment;
import io.multicloudboutique.client.inventory.StockQuantity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Requests that the services reject, and the exceptions of the SDK. */
@SharedPlatform
class RefusalsTest {

    private static final LocalDate DAY = LocalDate.of(2024, 2, 29);

    private final Platform platform;
    private final InventoryClient inventory;

    RefusalsTest(Platform platform) {
        this.platform = platform;
        inventory = platform.client().inventory();
    }

    @Test
    void anItemThatDoesNotExistIsNotFound() {
        var client = platform.client();
        List.<ThrowingCallable>of(
                        () -> client.crm().getCustomer(Long.MAX_VALUE),
                        () -> client.crm().getCustomer(0),
                        () -> client.furniture().deleteFurnitureItem(Long.MAX_VALUE),
                        () -> client.food().getFoodItemIfChanged(Long.MAX_VALUE, "\"1\""),
                        () -> client.accounting()
                                .updateTransaction(
                                        Long.MAX_VALUE,
                                        TransactionChange.none(),
                                        RequestOptions.none().withIfMatch("\"1\"")),
                        () -> client.inventory().getProduct("no such id/?#%é"),
                        () -> client.inventory().reserveStock("NO-SUCH", StockQuantity.of(1)),
                        () -> client.inventory().listMovements("NO-SUCH").first(),
                        () -> client.inventory().confirmReservation(UUID.randomUUID()),
                        () -> hold("NO-SUCH", 1, "sdk-no-such"))
                .forEach(call -> assertRejected(NotFoundException.class, ProblemCode.NOT_FOUND, call));
    }

    @Test
    void aShortageHasTheAvailableQuantities() {
        stock("SDK-short-a", 2);
        stock("SDK-short-b", 3);
        var cart = ReservationDraft.of(List.of(
                ReservationLine.of("SDK-short-b", 2),
                ReservationLine.of("SDK-short-a", 3),
                ReservationLine.of("SDK-short-b", 2)));
        var failure = assertRejected(
                InsufficientStockException.class,
                ProblemCode.INSUFFICIENT_STOCK,
                () -> inventory.createReservation(cart));
        assertThat(failure.shortages())
                .containsExactlyInAnyOrder(new Shortage("SDK-short-a", 2, 3), new Shortage("SDK-short-b", 3, 4));
        assertThat(inventory.getProduct("SDK-short-b").reserved()).isZero();

        var unassigned = assertRejected(
                InsufficientStockException.class,
                ProblemCode.INSUFFICIENT_STOCK,
                () -> inventory.reserveStock("SDK-short-a", StockQuantity.of(3)));
        assertThat(unassigned.shortages()).containsExactly(new Shortage("SDK-short-a", 2, 3));
    }

    @Test
    void aReferenceCanBeUsedOnce() {
        stock("SDK-taken", 5);
        hold("SDK-taken", 1, "sdk-taken");
        assertRejected(ConflictException.class, ProblemCode.REFERENCE_TAKEN, () -> hold("SDK-taken", 1, "sdk-taken"));
        assertThat(inventory.listReservations(ReservationQuery.all().withReference("sdk-taken")))
                .hasSize(1);

        var accounting = platform.client().accounting();
        var pen = TransactionDraft.of("Pen", ONE, DAY);
        var taken = accounting.createTransaction(pen.withReference("sdk-taken"));
        assertRejected(
                ConflictException.class,
                ProblemCode.REFERENCE_TAKEN,
                () -> accounting.createTransaction(pen.withReference("sdk-taken")));
        var other = accounting.createTransaction(pen);
        assertRejected(
                ConflictException.class,
                ProblemCode.REFERENCE_TAKEN,
                () -> accounting.updateTransaction(
                        other.id(), TransactionChange.none().withReference("sdk-taken")));
        assertThat(accounting.getTransaction(taken.id())).isEqualTo(taken);
    }

    @Test
    void stockCannotBeLessThanTheReservedQuantity() {
        stock("SDK-stock", 5);
        assertRejected(ConflictException.class, ProblemCode.ALREADY_EXISTS, () -> stock("SDK-stock", 5));
        inventory.reserveStock("SDK-stock", StockQuantity.of(2));
        assertRejected(
                ConflictException.class,
                ProblemCode.STOCK_BELOW_RESERVED,
                () -> inventory.updateProduct("SDK-stock", ProductChange.none().withStockLevel(1)));
        hold("SDK-stock", 3, "sdk-stock");
        assertRejected(
                ConflictException.class,
                ProblemCode.RELEASE_EXCEEDS_RESERVED,
                () -> inventory.releaseStock("SDK-stock", StockQuantity.of(3)));
    }

    @Test
    void anEndedReservationCannotEndInAnotherWay() {
        stock("SDK-end", 5);
        var cancelled = hold("SDK-end", 1, "sdk-end-1");
        inventory.cancelReservation(cancelled);
        assertThat(assertRejected(
                                ConflictException.class,
                                ProblemCode.RESERVATION_NOT_ACTIVE,
                                () -> inventory.confirmReservation(cancelled))
                        .problem()
                        .flatMap(Problem::reservationStatus))
                .contains(ReservationStatus.CANCELLED);
        var confirmed = hold("SDK-end", 1, "sdk-end-2");
        inventory.confirmReservation(confirmed);
        assertThat(assertRejected(
                                ConflictException.class,
                                ProblemCode.RESERVATION_NOT_ACTIVE,
                                () -> inventory.cancelReservation(confirmed))
                        .problem()
                        .flatMap(Problem::reservationStatus))
                .contains(ReservationStatus.CONFIRMED);
    }

    @Test
    void anAdjustmentThatTakesReservedStockNamesTheShortages() {
        stock("SDK-adjusted", 5);
        inventory.reserveStock("SDK-adjusted", StockQuantity.of(2));
        var failure = assertRejected(
                ConflictException.class,
                ProblemCode.STOCK_BELOW_RESERVED,
                () -> inventory.adjustStock(
                        StockAdjustment.of(List.of(AdjustmentLine.of("SDK-adjusted", -4)), AdjustmentReason.DAMAGED)));
        assertThat(failure.problem().orElseThrow().shortages()).containsExactly(new Shortage("SDK-adjusted", 3, 4));
    }

    @Test
    void anArchivedProductCannotBeReservedAndAReservedOneCannotBeArchived() {
        stock("SDK-archive", 5);
        inventory.reserveStock("SDK-archive");
        var archived = ProductChange.none().withArchived(true);
        assertRejected(
                ConflictException.class,
                ProblemCode.PRODUCT_RESERVED,
                () -> inventory.updateProduct("SDK-archive", archived));
        inventory.releaseStock("SDK-archive");
        inventory.updateProduct("SDK-archive", archived);
        var failure = assertRejected(
                ConflictException.class, ProblemCode.PRODUCT_ARCHIVED, () -> hold("SDK-archive", 1, "sdk-archived"));
        assertThat(failure.problem().flatMap(Problem::productId)).contains("SDK-archive");
    }

    @Test
    void onlyAConfirmedReservationIsReturnedAndOnlyOnce() {
        stock("SDK-return-once", 5);
        var active = hold("SDK-return-once", 2, "sdk-return-once");
        assertThat(assertRejected(
                                ConflictException.class,
                                ProblemCode.RESERVATION_NOT_CONFIRMED,
                                () -> inventory.returnReservation(active))
                        .problem()
                        .flatMap(Problem::reservationStatus))
                .contains(ReservationStatus.ACTIVE);
        inventory.confirmReservation(active);
        inventory.returnReservation(active, ReservationReturn.of(List.of(ReservationLine.of("SDK-return-once", 1))));
        assertRejected(
                ConflictException.class, ProblemCode.ALREADY_RETURNED, () -> inventory.returnReservation(active));
    }

    @Test
    void aRefundCannotExceedThePriceAndARefundedTransactionStays() {
        var accounting = platform.client().accounting();
        var id = accounting
                .createTransaction(TransactionDraft.of("Pen", new BigDecimal("75.50"), DAY))
                .id();
        accounting.refundTransaction(id, RefundDraft.of().withAmount(new BigDecimal("20")));
        var failure = assertRejected(
                ConflictException.class,
                ProblemCode.REFUND_EXCEEDS_REST,
                () -> accounting.refundTransaction(id, RefundDraft.of().withAmount(new BigDecimal("80"))));
        assertThat(failure.problem().flatMap(Problem::refundable).orElseThrow()).isEqualByComparingTo("55.5");
        assertRejected(
                ConflictException.class, ProblemCode.TRANSACTION_REFUNDED, () -> accounting.deleteTransaction(id));
    }

    @Test
    void anIdempotencyKeyBelongsToOneRequest() {
        var crm = platform.client().crm();
        var ann = crm.createCustomer(
                CustomerDraft.of("Ann", "Lee"), RequestOptions.none().withIdempotencyKey("sdk-reused"));
        var failure = assertRejected(
                IdempotencyKeyReusedException.class,
                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                () -> crm.createCustomer(
                        CustomerDraft.of("Bea", "Lee"), RequestOptions.none().withIdempotencyKey("sdk-reused")));
        assertThat(failure.call().idempotencyKey()).contains("sdk-reused");
        assertThat(crm.createCustomer(
                        CustomerDraft.of("Ann", "Lee"), RequestOptions.none().withIdempotencyKey("sdk-reused")))
                .isEqualTo(ann);
    }

    @Test
    void aFailedRequestDoesNotUseUpItsKey() {
        stock("SDK-free-key", 1);
        assertRejected(
                InsufficientStockException.class,
                ProblemCode.INSUFFICIENT_STOCK,
                () -> inventory.reserveStock(
                        "SDK-free-key",
                        StockQuantity.of(2),
                        RequestOptions.none().withIdempotencyKey("sdk-free-key")));
        inventory.updateProduct("SDK-free-key", ProductChange.none().withStockLevel(2));
        assertThat(inventory
                        .reserveStock(
                                "SDK-free-key",
                                StockQuantity.of(2),
                                RequestOptions.none().withIdempotencyKey("sdk-free-key"))
                        .reserved())
                .isEqualTo(2);
    }

    @Test
    void eachViolationOfTheContractIsReported() {
        var food = platform.client().food();
        var item =
                assertInvalid(() -> food.createFoodItem(FoodItemDraft.of("", "Japanese", new BigDecimal("10000000"))));
        assertThat(item.violations()).extracting(Violation::pointer).containsExactlyInAnyOrder("/name", "/price");
        assertThat(item.violations()).extracting(Violation::message).doesNotContain("");

        assertThat(assertInvalid(() -> food.createFoodItem(FoodItemDraft.of("Soup", "Soups", new BigDecimal("1.005"))))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/price");
        assertThat(assertInvalid(() -> hold("OLJCESPC7Z", 0, "sdk-invalid")).violations())
                .extracting(Violation::pointer)
                .containsExactly("/lines/0/quantity");
        assertThat(assertInvalid(() -> food.listFoodItems(FoodItemQuery.all().withPageSize(201))
                                .first())
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("query:limit");
        assertThat(assertInvalid(() -> platform.client()
                                .analytics()
                                .listMetrics(MetricQuery.all().withTransactionType(""))
                                .first())
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("query:transactionType");
        assertThat(assertInvalid(() -> platform.client().crm().getCustomerIfChanged(1, "no quotes"))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("header:If-None-Match");
    }

    @Test
    void aRequestThatIsTooLargeIsRejected() {
        assertRejected(
                ProblemException.class,
                ProblemCode.CONTENT_TOO_LARGE,
                () -> platform.client().analytics().createMetric(MetricDraft.of("x".repeat(70_000), ONE, true)));
    }

    private static ValidationException assertInvalid(ThrowingCallable call) {
        return assertRejected(ValidationException.class, ProblemCode.VALIDATION_FAILED, call);
    }

    /** Checks that the exception identifies the call and reports that it had no effect. */
    private static <E extends ProblemException> E assertRejected(
            Class<E> type, ProblemCode code, ThrowingCallable call) {
        var failure = catchThrowableOfType(type, call);
        assertThat(failure).as("%s", code).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
        assertThat(failure.call().attempts()).isEqualTo(1);
        assertThat(failure.problem().orElseThrow().instance()).isEqualTo("urn:uuid:" + failure.requestId());
        assertThat(failure.problem().orElseThrow().status())
                .isEqualTo(failure.status().orElseThrow());
        assertThat(failure)
                .isInstanceOf(BoutiqueException.class)
                .hasMessageContaining(failure.problem().orElseThrow().detail());
        return failure;
    }

    private void stock(String productId, int stockLevel) {
        inventory.createProduct(ProductDraft.of(productId, "Desk Lamp", stockLevel));
    }

    private UUID hold(String productId, int quantity, String reference) {
        return inventory
                .createReservation(ReservationDraft.of(List.of(ReservationLine.of(productId, quantity)))
                        .withReference(reference))
                .reservationId();
    }
}
