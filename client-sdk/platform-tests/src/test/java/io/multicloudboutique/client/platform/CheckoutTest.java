package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.accounting.TransactionChange;
import io.multicloudboutique.client.accounting.TransactionDraft;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.analytics.MetricQuery;
import io.multicloudboutique.client.checkout.Checkout;
import io.multicloudboutique.client.checkout.CheckoutException;
import io.multicloudboutique.client.checkout.Order;
import io.multicloudboutique.client.checkout.OrderIdReusedException;
import io.multicloudboutique.client.checkout.OrderLine;
import io.multicloudboutique.client.checkout.Payments;
import io.multicloudboutique.client.checkout.Step;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.InsufficientStockException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.Problem;
import io.multicloudboutique.client.errors.Shortage;
import io.multicloudboutique.client.food.FoodItemChange;
import io.multicloudboutique.client.food.FoodItemDraft;
import io.multicloudboutique.client.inventory.HeldLine;
import io.multicloudboutique.client.inventory.Product;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SharedPlatform
class CheckoutTest {

    private static final BigDecimal PRICE = new BigDecimal("249.00");

    private final Platform platform;
    private final BoutiqueClient boutique;
    private final Till till = new Till();
    private final Checkout checkout;
    private final String orderId = "order-" + UUID.randomUUID();

    CheckoutTest(Platform platform) {
        this.platform = platform;
        boutique = platform.client();
        checkout = Checkout.of(boutique, till);
    }

    @Test
    void placingAnOrderChargesRecordsAndRemovesTheStock() {
        var camera = product(10);
        var receipt = checkout.withClock(Clock.fixed(Instant.parse("2026-11-23T23:30:00Z"), ZoneOffset.ofHours(1)))
                .place(Order.of(
                                orderId,
                                OrderLine.product(camera, 2, PRICE),
                                OrderLine.food(1, 3),
                                OrderLine.furniture(1, 1),
                                OrderLine.product(camera, 1, new BigDecimal("0.5")))
                        .withCustomer("Jane Smith"));

        var total = new BigDecimal("837.46"); // 2 x 249.00 + 3 x 12.99 + 299.99 + 0.50
        assertThat(receipt.orderId()).isEqualTo(orderId);
        var transaction = receipt.transaction();
        assertThat(transaction.price()).isEqualByComparingTo(total);
        assertThat(transaction.item())
                .isEqualTo("2 x Film Camera, 3 x Pizza Margherita, 1 x Oak Desk, 1 x Film Camera");
        assertThat(transaction.customer()).contains("Jane Smith");
        assertThat(transaction.reference()).contains(orderId);
        assertThat(transaction.date()).isEqualTo(LocalDate.of(2026, 11, 24));
        assertThat(transactions()).hasSize(1);
        assertThat(till.paid(orderId)).isEqualByComparingTo(total);
        assertThat(receipt.reservation().orElseThrow().status()).isEqualTo(ReservationStatus.CONFIRMED);
        assertThat(receipt.reservation().orElseThrow().lines()).containsExactly(new HeldLine(camera, 3, Map.of()));
        assertStock(camera, 7);
    }

    @Test
    void theProductOfACatalogueItemIsRemovedFromTheStock() {
        var product = product(5);
        var dish = dish().withProductId(product);
        var id = boutique.food().createFoodItem(dish).id();
        checkout.place(Order.of(orderId, OrderLine.food(id, 2), OrderLine.product(product, 1, PRICE)));
        assertStock(product, 2);
    }

    @Test
    void anOrderWithoutStockedItemsHoldsNothing() {
        var receipt = checkout.place(Order.of(orderId, OrderLine.food(1, 1)));
        assertThat(receipt.reservation()).isEmpty();
        assertThat(receipt.transaction().customer()).isEmpty();
        assertThat(holds()).isEmpty();
    }

    @Test
    void placingAnOrderAgainReturnsItsReceipt() {
        var order = Order.of(orderId, OrderLine.product(product(10), 2, PRICE));
        var receipt = checkout.place(order);
        var again = checkout.place(order);
        assertThat(again.transaction().id()).isEqualTo(receipt.transaction().id());
        assertThat(again.reservation().map(Reservation::reservationId))
                .isEqualTo(receipt.reservation().map(Reservation::reservationId));
        assertThat(till.taken()).isEqualTo(1);
        assertThat(transactions()).hasSize(1);
    }

    @Test
    void aShortageNamesTheProductAndChargesNothing() {
        var camera = product(1);
        var failure = failure(Order.of(orderId, OrderLine.product(camera, 2, PRICE)));
        assertThat(failure.failedStep()).isEqualTo(Step.HOLD);
        assertThat(failure.undone()).isEmpty();
        assertThat(failure.notUndone()).isEmpty();
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        InsufficientStockException.class,
                        shortage -> assertThat(shortage.shortages()).containsExactly(new Shortage(camera, 1, 2)));
        assertThat(failure).hasMessageStartingWith("Order " + orderId + " was not placed: holding the stock failed (");
        assertThat(till.taken()).isZero();
        assertStock(camera, 1);
    }

    @Test
    void anUnavailableItemIsRejected() {
        var id = boutique.food().createFoodItem(dish()).id();
        boutique.food().updateFoodItem(id, FoodItemChange.none().withAvailable(false));
        var failure = failure(Order.of(orderId, OrderLine.product(product(1), 1, PRICE), OrderLine.food(id, 1)));
        assertThat(failure.failedStep()).isEqualTo(Step.VALIDATE);
        assertThat(failure)
                .hasMessage("Order %s was not placed: checking the order failed (Soup (food %d) is not available)."
                        .formatted(orderId, id))
                .hasNoCause();
        assertThat(holds()).isEmpty();
    }

    @Test
    void aProductThatDoesNotExistIsRejected() {
        var failure = failure(Order.of(orderId, OrderLine.product("nothing", 1, PRICE)));
        assertThat(failure.failedStep()).isEqualTo(Step.VALIDATE);
        assertThat(failure).hasCauseInstanceOf(NotFoundException.class);
    }

    @Test
    void aTotalThatIsTooLargeIsRejectedBeforeTheCharge() {
        var failure = failure(Order.of(orderId, OrderLine.product(product(100), 100, new BigDecimal("100000"))));
        assertThat(failure.failedStep()).isEqualTo(Step.VALIDATE);
        assertThat(failure).hasMessageContaining("the total is 10000000.00; the limit is 9999999.99");
    }

    @Test
    void aLongItemTextIsShortened() {
        var lines = Collections.nCopies(20, OrderLine.food(1, 1));
        var item = checkout.place(Order.of(orderId, lines)).transaction().item();
        assertThat(item).hasSize(200).startsWith("1 x Pizza Margherita, 1 x ").endsWith("…");
    }

    @Test
    void aDeclinedChargeReleasesTheStock() {
        var camera = product(3);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        var failure = failure(order, new Payments() {
            @Override
            public void charge(String id, BigDecimal amount) throws Exception {
                assertThat(boutique.inventory().getProduct(camera).reserved()).isEqualTo(2);
                throw new IOException("card declined");
            }

            @Override
            public void refund(String id) {}
        });
        assertThat(failure.failedStep()).isEqualTo(Step.CHARGE);
        assertThat(failure.undone()).containsExactlyInAnyOrder(Step.HOLD, Step.CHARGE);
        assertThat(failure)
                .hasMessage("Order " + orderId + " was not placed: charging the customer failed (card declined)."
                        + " Undone: the hold; the charge, if there was one.");
        assertStock(camera, 3);
        checkout.place(order);
        assertStock(camera, 1);
    }

    @Test
    void anOrderWhoseHoldIsCancelledDuringTheChargeIsUndone() {
        var camera = product(3);
        var failure = failure(
                Order.of(orderId, OrderLine.product(camera, 2, PRICE)),
                charging(amount ->
                        holds().forEach(hold -> boutique.inventory().cancelReservation(hold.reservationId()))));
        assertThat(failure.failedStep()).isEqualTo(Step.CONFIRM);
        assertThat(failure.undone()).containsExactlyInAnyOrder(Step.CHARGE, Step.RECORD);
        assertThat(failure.notUndone()).isEmpty();
        assertThat(till.returned()).isEqualTo(1);
        assertThat(transactions()).isEmpty();
    }

    @Test
    void aFailedRefundIsReported() {
        var failure = failure(Order.of(orderId, OrderLine.product(product(3), 2, PRICE)), new Payments() {
            @Override
            public void charge(String id, BigDecimal amount) {
                throw new IllegalStateException("timeout");
            }

            @Override
            public void refund(String id) {
                throw new IllegalStateException("timeout again");
            }
        });
        assertThat(failure.undone()).containsExactly(Step.HOLD);
        assertThat(failure.notUndone()).containsExactly(Step.CHARGE);
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(suppressed -> assertThat(suppressed).hasMessage("timeout again"));
        assertThat(failure)
                .hasMessageEndingWith(" Undone: the hold. Possibly still in effect: the charge, if there was one."
                        + " To continue, place the order again with the same id.");
    }

    @Test
    void anotherCartWithTheIdOfAnUnfinishedOrderIsRefused() {
        var camera = product(10);
        till.charges(Till.Fault.CRASHES_AFTER);
        assertThatExceptionOfType(Till.Crash.class)
                .isThrownBy(() -> checkout.place(Order.of(orderId, OrderLine.product(camera, 2, PRICE))));
        assertThatExceptionOfType(OrderIdReusedException.class)
                .isThrownBy(() -> checkout.place(Order.of(orderId, OrderLine.product(camera, 3, PRICE))))
                .withMessageStartingWith("Order id " + orderId + " is already used for another order: reservation ")
                .withMessageEndingWith(". Nothing was changed. Use a new order id.")
                .satisfies(refused -> {
                    assertThat(refused.transactionId()).isEmpty();
                    assertThat(refused.reservationId()).contains(holds().get(0).reservationId());
                });
        assertThat(holds()).extracting(Reservation::status).containsExactly(ReservationStatus.ACTIVE);
        assertThat(till.paid(orderId)).isEqualByComparingTo("498");
    }

    /** Another quantity, price, product or kind of item, and more or fewer lines. */
    @Test
    void anotherCartWithTheIdOfAPlacedOrderIsRefused() {
        var camera = product(10);
        var lens = product(10);
        var line = OrderLine.product(camera, 2, PRICE);
        var receipt = checkout.place(Order.of(orderId, line, OrderLine.food(1, 2)));
        var others = List.of(
                List.of(OrderLine.product(camera, 3, PRICE), OrderLine.food(1, 2)),
                List.of(OrderLine.product(camera, 2, BigDecimal.TEN), OrderLine.food(1, 2)),
                List.of(OrderLine.product(lens, 2, PRICE), OrderLine.food(1, 2)),
                List.of(line, OrderLine.food(2, 2)),
                List.of(line, OrderLine.furniture(1, 2)),
                List.of(line, OrderLine.food(1, 1)),
                List.of(line),
                List.of(line, OrderLine.food(1, 2), OrderLine.food(2, 1)),
                List.of(OrderLine.food(1, 2)));
        for (var lines : others) {
            assertThatExceptionOfType(OrderIdReusedException.class)
                    .as(lines.toString())
                    .isThrownBy(() -> checkout.place(Order.of(orderId, lines)))
                    .withMessage(
                            "Order id %s is already used for another order: transaction %d records %s for 523.98. Nothing was changed. Use a new order id.",
                            orderId,
                            receipt.transaction().id(),
                            receipt.transaction().item())
                    .satisfies(refused -> {
                        assertThat(refused.orderId()).isEqualTo(orderId);
                        assertThat(refused.transactionId().orElseThrow())
                                .isEqualTo(receipt.transaction().id());
                        assertThat(refused.reservationId())
                                .contains(holds().get(0).reservationId());
                    });
        }
        assertThat(till.taken()).isEqualTo(1);
        assertThat(till.returned()).isZero();
        assertThat(transactions()).hasSize(1);
        assertStock(camera, 8);
        assertStock(lens, 10);
    }

    @Test
    void anotherCartIsRefusedEvenIfNothingIsStocked() {
        checkout.place(Order.of(orderId, OrderLine.food(1, 1)));
        var refused = catchThrowableOfType(
                OrderIdReusedException.class, () -> checkout.place(Order.of(orderId, OrderLine.food(1, 2))));
        assertThat(refused.transactionId()).isPresent();
        assertThat(refused.reservationId()).isEmpty();
        assertThat(till.taken()).isEqualTo(1);
        assertThat(till.returned()).isZero();
    }

    @Test
    void theSameCartIsRecognisedInAnyOrderOfItsLines() {
        var camera = product(10);
        var receipt = checkout.place(
                Order.of(orderId, OrderLine.product(camera, 3, new BigDecimal("2.5")), OrderLine.food(1, 1)));
        var again = checkout.place(Order.of(
                orderId,
                OrderLine.food(1, 1),
                OrderLine.product(camera, 1, new BigDecimal("2.50")),
                OrderLine.product(camera, 2, new BigDecimal("2.500"))));
        assertThat(again.transaction().id()).isEqualTo(receipt.transaction().id());
    }

    /** The price, the name, the product and the availability change, and finally the item is deleted. */
    @Test
    void theSameCartIsRecognisedAfterTheCatalogueHasChanged() {
        var dish = boutique.food().createFoodItem(dish().withProductId(product(5)));
        var order = Order.of(orderId, OrderLine.food(dish.id(), 1), OrderLine.food(1, 1));
        var receipt = checkout.place(order);
        boutique.food()
                .updateFoodItem(
                        dish.id(),
                        FoodItemChange.none()
                                .withName("Stew")
                                .withPrice(BigDecimal.TEN)
                                .withProductId(product(5))
                                .withAvailable(false));
        assertThat(checkout.place(order).transaction().id())
                .isEqualTo(receipt.transaction().id());
        boutique.food().deleteFoodItem(dish.id());
        assertThat(checkout.place(order).transaction().price()).isEqualByComparingTo("20.49");
        assertThat(till.taken()).isEqualTo(1);
    }

    @Test
    void anOrderOfAnotherCustomerIsRefused() {
        var order = Order.of(orderId, OrderLine.product(product(5), 1, PRICE));
        var receipt = checkout.place(order.withCustomer("Jane Smith"));
        assertThatExceptionOfType(OrderIdReusedException.class)
                .isThrownBy(() -> checkout.place(order.withCustomer("John Doe")))
                .withMessageNotContaining("Jane");
        assertThat(checkout.place(order).transaction().id())
                .isEqualTo(receipt.transaction().id());
        boutique.accounting()
                .updateTransaction(
                        receipt.transaction().id(), TransactionChange.none().withCustomer(""));
        assertThat(checkout.place(order.withCustomer("Jane Smith"))
                        .transaction()
                        .customer())
                .isEmpty();
    }

    @Test
    void anOrderIsRefusedIfItsReferenceIsInUseOutsideOfTheCheckout() {
        var camera = product(10);
        var hold = hold(camera, 2);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        assertThatExceptionOfType(OrderIdReusedException.class).isThrownBy(() -> checkout.place(order));
        boutique.inventory().cancelReservation(hold.reservationId());
        record(new BigDecimal("498.00"), Optional.empty());
        assertThatExceptionOfType(OrderIdReusedException.class).isThrownBy(() -> checkout.place(order));
        assertThat(till.taken()).isZero();
        assertThat(transactions()).hasSize(1);
    }

    @Test
    void anotherCartCanUseTheIdOfAnOrderThatWasUndone() {
        var camera = product(10);
        till.charges(Till.Fault.FAILS_BEFORE);
        failure(Order.of(orderId, OrderLine.product(camera, 2, PRICE)));
        checkout.place(Order.of(orderId, OrderLine.product(camera, 3, PRICE)));
        assertStock(camera, 7);
    }

    /** The hold of the first run expires during its charge. Then another cart is placed with its id. */
    @Test
    void aRunThatHasLostItsHoldLeavesTheOrderOfAnotherCartAlone() {
        var camera = product(10);
        var other = Order.of(orderId, OrderLine.product(camera, 1, new BigDecimal("498")));
        var payments = charging(amount -> {
            holds().forEach(hold -> boutique.inventory().cancelReservation(hold.reservationId()));
            checkout.place(other);
        });
        assertThatExceptionOfType(OrderIdReusedException.class)
                .isThrownBy(() ->
                        Checkout.of(boutique, payments).place(Order.of(orderId, OrderLine.product(camera, 2, PRICE))));
        assertThat(till.paid(orderId)).isEqualByComparingTo("498");
        assertThat(till.returned()).isZero();
        assertThat(holds().stream().filter(hold -> hold.status() == ReservationStatus.CONFIRMED))
                .hasSize(1);
        assertStock(camera, 9);
    }

    @Test
    void aDeclinedRunDoesNotRefundAnotherCartThatIsPlaced() {
        var camera = product(10);
        var other = Order.of(orderId, OrderLine.product(camera, 1, PRICE));
        var payments = charging(amount -> {
            till.refund(orderId);
            holds().forEach(hold -> boutique.inventory().cancelReservation(hold.reservationId()));
            checkout.place(other);
            throw new IOException("card declined");
        });
        assertThatExceptionOfType(OrderIdReusedException.class)
                .isThrownBy(() ->
                        Checkout.of(boutique, payments).place(Order.of(orderId, OrderLine.product(camera, 2, PRICE))))
                .satisfies(refused -> assertThat(refused.getSuppressed()[0]).hasMessage("card declined"));
        assertThat(till.paid(orderId)).isEqualByComparingTo(PRICE);
        assertStock(camera, 9);
    }

    /** Otherwise, the refund could hit the charge of the other cart. */
    @Test
    void anotherCartIsRefusedWhileARunRefunds() {
        var camera = product(10);
        var other = Order.of(orderId, OrderLine.product(camera, 1, PRICE));
        var payments = new Payments() {
            @Override
            public void charge(String id, BigDecimal amount) throws IOException {
                throw new IOException("card declined");
            }

            @Override
            public void refund(String id) {
                assertThatExceptionOfType(OrderIdReusedException.class).isThrownBy(() -> checkout.place(other));
                till.refund(id);
            }
        };
        var failure = failure(Order.of(orderId, OrderLine.product(camera, 2, PRICE)), payments);
        assertThat(failure.notUndone()).isEmpty();
        assertNothingIsLeft(camera, 10);
        checkout.place(other);
        assertStock(camera, 9);
    }

    /** The second run continues the order of a run that seems to have ended while it refunded. */
    @Test
    void aRefundThatHitsTheChargeOfTheSameCartIsReplaced() {
        var camera = product(10);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        var declined = new Payments() {
            @Override
            public void charge(String id, BigDecimal amount) throws IOException {
                if (transactions().isEmpty()) {
                    throw new IOException("card declined");
                }
                till.charge(id, amount);
            }

            @Override
            public void refund(String id) {
                checkout.place(order);
                till.refund(id);
            }
        };
        var receipt = Checkout.of(boutique, declined).place(order);
        assertThat(receipt.reservation().orElseThrow().status()).isEqualTo(ReservationStatus.CONFIRMED);
        assertThat(till.paid(orderId)).isEqualByComparingTo("498");
        assertThat(transactions()).hasSize(1);
        assertStock(camera, 8);
    }

    /** The refund comes between the charge and the transaction of a run that overlaps. */
    @Test
    void anOrderIsChargedAgainIfItWasRefundedBeforeItWasRecorded() {
        var camera = product(10);
        var receipt = Checkout.of(boutique, charging(amount -> till.refund(orderId)))
                .place(Order.of(orderId, OrderLine.product(camera, 2, PRICE)));
        assertThat(receipt.transaction().price()).isEqualByComparingTo("498");
        assertThat(till.paid(orderId)).isEqualByComparingTo("498");
    }

    @Test
    void anOrderWhoseSecondChargeFailsIsUndone() {
        var camera = product(10);
        till.charges(Till.Fault.NONE, Till.Fault.FAILS_BEFORE);
        var failure = failure(Order.of(orderId, OrderLine.product(camera, 2, PRICE)));
        assertThat(failure.failedStep()).isEqualTo(Step.CHARGE);
        assertThat(failure.undone()).containsExactlyInAnyOrder(Step.HOLD, Step.CHARGE, Step.RECORD);
        assertNothingIsLeft(camera, 10);
    }

    @Test
    void anUnfinishedOrderWhoseProductsHaveChangedIsUndoneAndCanBePlacedAgain() {
        var before = product(5);
        var after = product(5);
        var dish = boutique.food().createFoodItem(dish().withProductId(before));
        var order = Order.of(orderId, OrderLine.food(dish.id(), 2));
        interrupted(order);
        boutique.food().updateFoodItem(dish.id(), FoodItemChange.none().withProductId(after));
        assertThat(failure(order)).hasMessageContaining("because the catalogue has changed");
        assertNothingIsLeft(before, 5);
        checkout.place(order);
        assertStock(after, 3);
    }

    /** Before it charges, the second run extends the hold of the first one. The clock of its process does not matter. */
    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z"})
    void aRunWithALongerHoldTimeExtendsTheHoldOfAnEarlierRun(Instant now) {
        var camera = product(10);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        var hold = interrupted(order);
        var ends = new ArrayList<Instant>();
        Checkout.of(boutique, charging(amount -> ends.add(holds().get(0).expiresAt())))
                .withHoldTime(Duration.ofHours(1))
                .withClock(Clock.fixed(now, ZoneOffset.UTC))
                .place(order);
        assertThat(ends.get(0)).isAfter(hold.createdAt().plus(Duration.ofHours(1)));
        assertThat(holds())
                .extracting(Reservation::reservationId, Reservation::status)
                .containsExactly(tuple(hold.reservationId(), ReservationStatus.CONFIRMED));
    }

    /** With all its extensions, a hold lasts for at most one day. */
    @ParameterizedTest
    @ValueSource(strings = {"PT12H1S", "PT23H59M59S", "PT24H"})
    void anOrderWithALongHoldTimeIsContinued(Duration holdTime) {
        var patient = checkout.withHoldTime(holdTime);
        var order = Order.of(orderId, OrderLine.product(product(10), 2, PRICE));
        till.charges(Till.Fault.CRASHES_BEFORE);
        assertThatExceptionOfType(Till.Crash.class).isThrownBy(() -> patient.place(order));
        var hold = holds().get(0);
        assertThat(patient.place(order).reservation().map(Reservation::reservationId))
                .contains(hold.reservationId());
    }

    @Test
    void aHoldThatEndsBeforeItsExtensionIsReplaced() {
        var camera = product(10);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        var hold = interrupted(order);
        var receipt = Checkout.of(
                        beforeExtension(() -> boutique.inventory().cancelReservation(hold.reservationId())), till)
                .place(order);
        assertThat(receipt.reservation().map(Reservation::reservationId)).isNotEqualTo(hold.reservationId());
        assertThat(holds())
                .extracting(Reservation::status)
                .containsExactly(ReservationStatus.CONFIRMED, ReservationStatus.CANCELLED);
        assertStock(camera, 8);
    }

    /** As in {@link #aTransactionThatAnUndoneRunLeftIsRecordedAgain}, but the hold ends while this run is in progress. */
    @Test
    void theTransactionOfAHoldThatEndsBeforeItsExtensionIsRecordedAgain() {
        var camera = product(10);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        till.charges(Till.Fault.NONE, Till.Fault.CRASHES_BEFORE);
        assertThatExceptionOfType(Till.Crash.class).isThrownBy(() -> checkout.place(order));
        var leftOver = transactions().get(0);
        var receipt = Checkout.of(
                        beforeExtension(() -> boutique.inventory()
                                .cancelReservation(holds().get(0).reservationId())),
                        till)
                .place(order);
        assertThat(receipt.transaction().id()).isNotEqualTo(leftOver.id());
        assertThat(transactions())
                .extracting(Transaction::id)
                .containsExactly(receipt.transaction().id());
        assertThat(till.taken()).isEqualTo(1);
        assertStock(camera, 8);
    }

    @Test
    void anOrderThatAnotherRunPlacesBeforeTheExtensionIsPlacedOnce() {
        var camera = product(10);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        interrupted(order);
        var ids = new ArrayList<Long>();
        var receipt = Checkout.of(
                        beforeExtension(() ->
                                ids.add(checkout.place(order).transaction().id())),
                        till)
                .place(order);
        assertThat(ids).containsExactly(receipt.transaction().id());
        assertThat(till.taken()).isEqualTo(1);
        assertStock(camera, 8);
    }

    @Test
    void anOrderInOneGoSendsNoExtension() {
        var extensions = new AtomicInteger();
        Checkout.of(beforeExtension(extensions::incrementAndGet), till)
                .place(Order.of(orderId, OrderLine.product(product(10), 2, PRICE)));
        assertThat(extensions).hasValue(0);
    }

    /** A client that performs the action before its first request to extend a hold. */
    private BoutiqueClient beforeExtension(Runnable action) {
        var pending = new AtomicBoolean(true);
        return boutique.withOptions(options -> options.addAttemptListener(attempt -> {
            if (attempt.operation().equals("extendReservation") && pending.getAndSet(false)) {
                action.run();
            }
            return result -> {};
        }));
    }

    /** The order has no hold, so each run ensures that it is paid. */
    @Test
    void anOrderThatWasRefundedIsNotChargedAgain() {
        var order = Order.of(orderId, OrderLine.food(1, 1));
        var receipt = checkout.place(order);
        boutique.accounting().refundTransaction(receipt.transaction().id());
        till.refund(orderId);
        assertThat(checkout.place(order).transaction().refunded()).isPresent();
        assertThat(till.paid(orderId)).isZero();
    }

    @Test
    void anArchivedProductIsRejectedBeforeTheCharge() {
        var camera = product(10);
        boutique.inventory().updateProduct(camera, ProductChange.none().withArchived(true));
        var failure = failure(Order.of(orderId, OrderLine.product(camera, 2, PRICE)));
        assertThat(failure.failedStep()).isEqualTo(Step.HOLD);
        assertThat(failure.notUndone()).isEmpty();
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        conflict -> assertThat(conflict.problem().flatMap(Problem::productId))
                                .contains(camera));
        assertThat(till.taken()).isZero();
    }

    @Test
    void anOrderThatIsPlacedConcurrentlyIsPlacedOnce() throws Exception {
        var camera = product(10);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE), OrderLine.food(1, 1));
        var threads = Executors.newFixedThreadPool(8);
        try {
            var transactions = new ArrayList<Long>();
            for (Future<Long> placed : threads.invokeAll(Collections.nCopies(8, (Callable<Long>)
                    () -> checkout.place(order).transaction().id()))) {
                transactions.add(placed.get());
            }
            assertThat(transactions).hasSize(8).containsOnly(transactions.get(0));
        } finally {
            threads.shutdown();
        }
        assertThat(till.taken()).isEqualTo(1);
        assertThat(transactions()).hasSize(1);
        assertThat(holds()).extracting(Reservation::status).containsExactly(ReservationStatus.CONFIRMED);
        assertStock(camera, 8);
    }

    @Test
    void eachRunRecordsAMetric() {
        var before = metrics();
        checkout.place(Order.of(orderId, OrderLine.food(1, 1)));
        failure(Order.of(orderId + "-2", OrderLine.product("nothing", 1, PRICE)));
        assertThat(metrics()).isEqualTo(before + 2);
        var newest = boutique.analytics().listMetrics(MetricQuery.all().withTransactionType("order")).stream()
                .limit(2)
                .toList();
        assertThat(newest.get(0).success()).isFalse();
        assertThat(newest.get(1).success()).isTrue();
    }

    @Test
    void analyticsIsOptional() {
        try (var withoutAnalytics = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, platform.url(BoutiqueService.INVENTORY))
                .baseUrl(BoutiqueService.ACCOUNTING, platform.url(BoutiqueService.ACCOUNTING))
                .build()) {
            var camera = product(1);
            Checkout.of(withoutAnalytics, till).place(Order.of(orderId, OrderLine.product(camera, 1, PRICE)));
            assertStock(camera, 0);
        }
    }

    @Test
    void anInterruptedRunUndoesNothingAndTheOrderCanBePlacedAgain() {
        var camera = product(3);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        var failure = failure(order, charging(amount -> {
            throw new InterruptedException("shutting down");
        }));
        assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
        assertThat(failure.notUndone()).containsExactlyInAnyOrder(Step.HOLD, Step.CHARGE, Step.RECORD);
        checkout.place(order);
        assertThat(till.taken()).isEqualTo(1);
        assertStock(camera, 1);
    }

    /** Another run records the order in the meantime, and then ends. */
    @Test
    void anOrderWhoseHoldIsCancelledIsUndoneEvenIfItIsRecorded() {
        var camera = product(3);
        var failure = failure(Order.of(orderId, OrderLine.product(camera, 2, PRICE)), charging(amount -> {
            record(amount, holds().get(0).fingerprint());
            holds().forEach(hold -> boutique.inventory().cancelReservation(hold.reservationId()));
        }));
        assertThat(failure.failedStep()).isEqualTo(Step.CONFIRM);
        assertThat(failure.undone()).containsExactlyInAnyOrder(Step.CHARGE, Step.RECORD);
        assertNothingIsLeft(camera, 3);
    }

    @Test
    void anOrderWhoseHoldExpiresDuringTheChargeIsUndone() {
        var camera = product(3);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        var payments =
                charging(amount -> await().until(() -> holds().get(0).status(), ReservationStatus.EXPIRED::equals));
        var failure = catchThrowableOfType(
                CheckoutException.class,
                () -> Checkout.of(boutique, payments)
                        .withHoldTime(Duration.ofSeconds(1))
                        .place(order));
        assertThat(failure.failedStep()).isEqualTo(Step.CONFIRM);
        // The inventory needs a few seconds to release an expired hold.
        await().untilAsserted(() -> assertNothingIsLeft(camera, 3));
        checkout.place(order);
        assertStock(camera, 1);
    }

    @Test
    void stockIsHeldForTheConfiguredTime() {
        var held = new ArrayList<Duration>();
        var payments = charging(amount -> {
            var hold = holds().get(0);
            held.add(Duration.between(hold.createdAt(), hold.expiresAt()));
        });
        var twoHours = Checkout.of(boutique, payments).withHoldTime(Duration.ofHours(2));
        twoHours.place(Order.of(orderId, OrderLine.product(product(1), 1, PRICE)));
        assertThat(held).containsExactly(Duration.ofHours(2));
    }

    /**
     * A request of the earlier run to delete the transaction may still be on its way. It must not delete the
     * transaction of this run.
     */
    @Test
    void aTransactionThatAnUndoneRunLeftIsRecordedAgain() {
        var camera = product(3);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        var hold = interrupted(order);
        boutique.inventory().cancelReservation(hold.reservationId());
        var leftOver = record(new BigDecimal("498.00"), hold.fingerprint());
        var receipt = checkout.place(order);
        assertThat(receipt.transaction().id()).isNotEqualTo(leftOver.id());
        assertThat(transactions()).hasSize(1);
    }

    @Test
    void anOrderThatIsAlreadyRecordedIsChargedWithTheRecordedPrice() {
        var camera = product(3);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        record(new BigDecimal("450"), interrupted(order).fingerprint());
        var receipt = checkout.place(order);
        assertThat(till.paid(orderId)).isEqualTo("450.00");
        assertThat(receipt.transaction().price()).isEqualByComparingTo("450");
        assertStock(camera, 1);
    }

    @Test
    void anOrderThatAnotherRunRecordsWithADifferentTotalIsUndone() {
        var camera = product(3);
        var failure = failure(
                Order.of(orderId, OrderLine.product(camera, 2, PRICE)),
                charging(amount ->
                        record(amount.subtract(BigDecimal.ONE), holds().get(0).fingerprint())));
        assertThat(failure).hasMessageContaining("the order is already recorded with a different total, 497");
        assertNothingIsLeft(camera, 3);
    }

    /** The transaction comes from a late request of an earlier run that has already refunded the charge. */
    @Test
    void aLateTransactionIsUndoneWithTheCharge() {
        var sameCart = checkout.place(Order.of(orderId + "-2", OrderLine.food(1, 1)));
        var failure = failure(Order.of(orderId, OrderLine.food(1, 1)), charging(amount -> {
            record(amount, sameCart.transaction().fingerprint());
            throw new IllegalStateException("card declined");
        }));
        assertThat(failure.undone()).containsExactlyInAnyOrder(Step.CHARGE, Step.RECORD);
        assertThat(transactions()).isEmpty();
        assertThat(till.paid(orderId)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theChargeOfACrashedRunIsRefundedIfTheOrderIsRejected(boolean stocked) {
        var product = product(3);
        var dish = boutique.food().createFoodItem(stocked ? dish().withProductId(product) : dish());
        var order = Order.of(orderId, OrderLine.food(dish.id(), 1));
        till.charges(Till.Fault.CRASHES_AFTER);
        assertThatExceptionOfType(Till.Crash.class).isThrownBy(() -> checkout.place(order));
        boutique.food().updateFoodItem(dish.id(), FoodItemChange.none().withAvailable(false));
        assertThat(failure(order).failedStep()).isEqualTo(Step.VALIDATE);
        assertNothingIsLeft(product, 3);
        assertThat(till.returned()).isEqualTo(1);
    }

    @Test
    void anOrderThatWasHeldButIsNoLongerStockedIsRejected() {
        var dish = boutique.food().createFoodItem(dish().withProductId(product(1)));
        var order = Order.of(orderId, OrderLine.food(dish.id(), 1));
        interrupted(order);
        boutique.food().updateFoodItem(dish.id(), FoodItemChange.none().withProductId(""));
        assertThat(failure(order))
                .hasMessageContaining("an earlier run held stock for the order, but none of its items is stocked now");
        assertThat(till.taken()).isZero();
        assertThat(holds()).extracting(Reservation::status).containsExactly(ReservationStatus.CANCELLED);
    }

    @Test
    void anOrderThatExceedsTheLimitsOfAHoldIsRejected() {
        var camera = product(1);
        var lines = Collections.nCopies(2, OrderLine.product(camera, 600_000, BigDecimal.ONE));
        assertThat(failure(Order.of(orderId, lines)))
                .hasMessageContaining("1200000 units of " + camera + " exceed the limit of 1000000");

        var many = Stream.generate(() -> (OrderLine) OrderLine.product(product(1), 1, BigDecimal.ONE))
                .limit(51)
                .toList();
        assertThat(failure(Order.of(orderId, many))).hasMessageContaining("the order has 51 products; the limit is 50");
    }

    @Test
    void anotherClientCanContinueAfterAClientIsClosedDuringAnOrder() {
        var camera = product(3);
        var order = Order.of(orderId, OrderLine.product(camera, 2, PRICE));
        var closing = platform.builder().build();
        var failure = catchThrowableOfType(
                CheckoutException.class,
                () -> Checkout.of(closing, charging(amount -> closing.close())).place(order));
        assertThat(failure.notUndone()).containsExactlyInAnyOrder(Step.HOLD, Step.CHARGE, Step.RECORD);
        assertThat(failure).hasMessageStartingWith("Order " + orderId + " was not finished: recording");
        checkout.place(order);
        assertThat(till.taken()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Jane\nSmith"})
    void anInvalidCustomerIsRejected(String customer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Order.of("order-1", OrderLine.food(1, 1)).withCustomer(customer))
                .withMessageContaining("1 to 200 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order 1", "order\"1", "örder"})
    void anInvalidOrderIdIsRejected(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Order.of(id, OrderLine.food(1, 1)))
                .withMessageContaining("1 to 100 visible ASCII characters");
    }

    @Test
    void anEmptyOrderOrAnInvalidLineIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> Order.of("order-1", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> OrderLine.food(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> OrderLine.furniture(1, 1_000_001));
        assertThatIllegalArgumentException().isThrownBy(() -> OrderLine.product("P", 1, new BigDecimal("0.001")));
        assertThatIllegalArgumentException().isThrownBy(() -> OrderLine.product("P", 1, new BigDecimal("-1")));
    }

    private CheckoutException failure(Order order) {
        return failure(order, till);
    }

    private CheckoutException failure(Order order, Payments payments) {
        return Optional.ofNullable(catchThrowableOfType(
                        CheckoutException.class,
                        () -> Checkout.of(boutique, payments).place(order)))
                .orElseThrow(() -> new AssertionError("The order was placed, but must fail."));
    }

    private interface Charge {
        void of(BigDecimal amount) throws Exception;
    }

    /** Payments that use the till and perform this action after the first charge. */
    private Payments charging(Charge andThen) {
        return new Payments() {

            private boolean charged;

            @Override
            public void charge(String id, BigDecimal amount) throws Exception {
                till.charge(id, amount);
                if (!charged) {
                    charged = true;
                    andThen.of(amount);
                }
            }

            @Override
            public void refund(String id) {
                till.refund(id);
            }
        };
    }

    private Reservation hold(String productId, int quantity) {
        return boutique.inventory()
                .createReservation(ReservationDraft.of(List.of(ReservationLine.of(productId, quantity)))
                        .withReference(orderId));
    }

    /** Places an order, which ends before the charge, and returns its hold. */
    private Reservation interrupted(Order order) {
        till.charges(Till.Fault.CRASHES_BEFORE);
        assertThatExceptionOfType(Till.Crash.class).isThrownBy(() -> checkout.place(order));
        return holds().get(0);
    }

    private Transaction record(BigDecimal price, Optional<String> fingerprint) {
        var draft = TransactionDraft.of("An order", price, LocalDate.of(2026, 11, 23))
                .withReference(orderId);
        return boutique.accounting()
                .createTransaction(fingerprint.map(draft::withFingerprint).orElse(draft));
    }

    private void assertNothingIsLeft(String productId, long stock) {
        assertThat(transactions()).isEmpty();
        assertThat(till.paid(orderId)).isZero();
        assertThat(holds())
                .extracting(Reservation::status)
                .doesNotContain(ReservationStatus.ACTIVE, ReservationStatus.CONFIRMED);
        assertStock(productId, stock);
    }

    private String product(long stock) {
        var id = "P" + UUID.randomUUID();
        return boutique.inventory()
                .createProduct(ProductDraft.of(id, "Film Camera", stock))
                .productId();
    }

    private static FoodItemDraft dish() {
        return FoodItemDraft.of("Soup", "French", new BigDecimal("7.50"));
    }

    private void assertStock(String productId, long level) {
        assertThat(boutique.inventory().getProduct(productId))
                .extracting(Product::stockLevel, Product::reserved)
                .containsExactly(level, 0L);
    }

    private List<Transaction> transactions() {
        return boutique.accounting().listTransactions(TransactionQuery.all().withReference(orderId)).stream()
                .toList();
    }

    private List<Reservation> holds() {
        return boutique.inventory().listReservations(ReservationQuery.all().withReference(orderId)).stream()
                .toList();
    }

    private long metrics() {
        return boutique.analytics()
                .listMetrics(MetricQuery.all().withTransactionType("order"))
                .first()
                .summary()
                .totalTransactions();
    }
}
