package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.checkout.Checkout;
import io.multicloudboutique.client.checkout.CheckoutException;
import io.multicloudboutique.client.checkout.Order;
import io.multicloudboutique.client.checkout.OrderLine;
import io.multicloudboutique.client.checkout.Receipt;
import io.multicloudboutique.client.errors.InsufficientStockException;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationStatus;
import io.multicloudboutique.client.platform.FaultyNetwork.Lost;
import io.multicloudboutique.client.platform.Till.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Interrupts an order at each of its calls, before and after the call takes effect, and also at the calls that undo the
 * order. Then places the same order again. Has a platform of its own, because the orders change all lists.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class CheckoutBreakOffTest {

    private static final int QUANTITY = 3;

    /**
     * The numbers of three calls in an order with stocked items. The order is cancelled only if the confirmation fails:
     * first, two calls look up the state of the order, then one call cancels the hold.
     */
    private static final int RECORD = 6;

    private static final int CONFIRM = 7;
    private static final int CANCEL = 10;

    private static final Outcome PLACED = new Outcome(1, 1, 1, 0);
    private static final Outcome PLACED_WITHOUT_STOCK = new Outcome(1, 1, 0, 0);
    private static final Outcome NOTHING = new Outcome(0, 0, 0, 0);

    private record Outcome(int charges, int transactions, int confirmedHolds, int activeHolds) {}

    private final Queue<FaultyNetwork> networks = new ConcurrentLinkedQueue<>();
    private Platform platform;

    /** Each thread has its own network, because each test sets the faults of its network. */
    private final ThreadLocal<FaultyNetwork> network = ThreadLocal.withInitial(() -> {
        var network = new FaultyNetwork(platform);
        networks.add(network);
        return network;
    });

    @BeforeAll
    void start() {
        platform = Platform.start();
    }

    @AfterAll
    void stop() {
        networks.forEach(FaultyNetwork::close);
        if (platform != null) {
            platform.close();
        }
    }

    /** An order with its own product, which no other order contains. */
    private final class Case {

        private final String productId = "P" + UUID.randomUUID();
        private final Till till = new Till();
        private final boolean stocked;
        private final Order order;

        Case(boolean stocked) {
            this.stocked = stocked;
            var orderId = "order-" + UUID.randomUUID();
            if (stocked) {
                platform.client().inventory().createProduct(ProductDraft.of(productId, "Camera", QUANTITY));
                order = Order.of(
                        orderId,
                        OrderLine.product(productId, QUANTITY, new BigDecimal("249.00")),
                        OrderLine.food(1, 2),
                        OrderLine.furniture(1, 1));
            } else {
                order = Order.of(orderId, OrderLine.food(1, 2));
            }
        }

        Receipt place() {
            return Checkout.of(network.get().client(), till).place(order);
        }

        /** Tries to place the order, and checks that the result or the exception describes the actual state. */
        void tryToPlace() {
            try {
                place();
            } catch (CheckoutException e) {
                if (e.notUndone().isEmpty()) {
                    assertNothingIsLeft();
                }
                return;
            } catch (Till.Crash e) {
                return;
            }
            assertPlaced();
        }

        void mend() {
            network.get().reset(call -> Lost.NOTHING);
            till.mend();
        }

        /** The effects of the order in all services and on the till. */
        Outcome outcome() {
            var client = platform.client();
            var holds = reservations().stream().map(Reservation::status).toList();
            var transactions =
                    client.accounting().listTransactions(TransactionQuery.all().withReference(order.id())).stream()
                            .toList();
            transactions.forEach(
                    transaction -> assertThat(transaction.price()).isEqualByComparingTo(till.paid(order.id())));
            return new Outcome(
                    till.taken() - till.returned(),
                    transactions.size(),
                    Collections.frequency(holds, ReservationStatus.CONFIRMED),
                    Collections.frequency(holds, ReservationStatus.ACTIVE));
        }

        List<Reservation> reservations() {
            return platform
                    .client()
                    .inventory()
                    .listReservations(ReservationQuery.all().withReference(order.id()))
                    .stream()
                    .toList();
        }

        void assertPlaced() {
            assertThat(outcome()).isEqualTo(stocked ? PLACED : PLACED_WITHOUT_STOCK);
            assertStock(0);
        }

        void assertNothingIsLeft() {
            assertThat(outcome()).isEqualTo(NOTHING);
            assertStock(QUANTITY);
        }

        private void assertStock(long level) {
            if (stocked) {
                var product = platform.client().inventory().getProduct(productId);
                assertThat(product.stockLevel()).isEqualTo(level);
                assertThat(product.reserved()).isZero();
            }
        }

        /** Sets the stock to zero, as if another customer had bought all of it in the meantime. */
        void sellOut() {
            platform.client()
                    .inventory()
                    .updateProduct(productId, ProductChange.none().withStockLevel(0));
        }
    }

    /** The number of calls that an order makes if none of them fails. */
    private int callsOf(boolean stocked) {
        var ordered = new Case(stocked);
        network.get().reset(call -> Lost.NOTHING);
        ordered.place();
        ordered.assertPlaced();
        return network.get().calls();
    }

    private static Lost lost(int call, int first, Lost lostPart, boolean permanently) {
        return call == first || permanently && call > first ? lostPart : Lost.NOTHING;
    }

    Stream<Arguments> interruptions() {
        var cases = new ArrayList<Arguments>();
        for (var stocked : List.of(true, false)) {
            var calls = callsOf(stocked);
            for (var call = 0; call < calls; call++) {
                for (var lostPart : List.of(Lost.REQUEST, Lost.ANSWER)) {
                    for (var permanently : List.of(false, true)) {
                        cases.add(Arguments.of(stocked, call, lostPart, permanently));
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "stocked {0}: call {1} loses its {2}; so do all later calls: {3}")
    @MethodSource("interruptions")
    void placingAnInterruptedOrderAgainCompletesIt(boolean stocked, int call, Lost lostPart, boolean permanently) {
        var ordered = new Case(stocked);
        network.get().reset(number -> lost(number, call, lostPart, permanently));
        ordered.tryToPlace();
        ordered.mend();
        ordered.place();
        ordered.assertPlaced();
    }

    @ParameterizedTest(name = "stocked {0}: call {1} loses its {2}; so do all later calls: {3}")
    @MethodSource("interruptions")
    void anInterruptedOrderIsPlacedOrUndoneIfTheNextChargeFails(
            boolean stocked, int call, Lost lostPart, boolean permanently) {
        var ordered = new Case(stocked);
        network.get().reset(number -> lost(number, call, lostPart, permanently));
        ordered.tryToPlace();
        ordered.mend();
        ordered.till.charges(Fault.FAILS_BEFORE);
        ordered.tryToPlace();
        if (ordered.outcome().transactions() == 1) {
            ordered.assertPlaced();
        } else {
            ordered.assertNothingIsLeft();
        }
    }

    /** Unlike the first run, the second one extends the hold. */
    @ParameterizedTest
    @EnumSource(names = {"REQUEST", "ANSWER"})
    void aThirdRunCompletesAnOrderWhoseSecondRunIsInterruptedAtAnyCall(Lost lostPart) {
        for (var permanently : List.of(false, true)) {
            var calls = Integer.MAX_VALUE;
            for (var call = 0; call < calls; call++) {
                var ordered = new Case(true);
                network.get().reset(number -> Lost.NOTHING);
                ordered.till.charges(Fault.NONE, Fault.CRASHES_BEFORE);
                ordered.tryToPlace();
                var interrupted = call;
                network.get().reset(number -> lost(number, interrupted, lostPart, permanently));
                ordered.tryToPlace();
                calls = network.get().calls();
                ordered.mend();
                ordered.place();
                ordered.assertPlaced();
            }
        }
    }

    @ParameterizedTest(name = "call {0} loses its {1}")
    @MethodSource("interruptionsWithUndoing")
    void placingAnOrderAgainCompletesItEvenIfUndoingItWasInterrupted(int call, Lost lostPart) {
        for (var second : List.of(Lost.REQUEST, Lost.ANSWER)) {
            for (var permanently : List.of(false, true)) {
                var calls = Integer.MAX_VALUE;
                for (var other = call + 1; other < calls; other++) {
                    var ordered = new Case(true);
                    var also = other;
                    network.get().reset(number -> number == call ? lostPart : lost(number, also, second, permanently));
                    ordered.tryToPlace();
                    calls = network.get().calls();
                    ordered.mend();
                    ordered.place();
                    ordered.assertPlaced();
                }
            }
        }
    }

    Stream<Arguments> interruptionsWithUndoing() {
        var cases = new ArrayList<Arguments>();
        var calls = callsOf(true);
        for (var call = 2; call < calls; call++) {
            cases.add(Arguments.of(call, Lost.REQUEST));
            cases.add(Arguments.of(call, Lost.ANSWER));
        }
        return cases.stream();
    }

    Stream<Arguments> paymentFaults() {
        return Stream.of(true, false)
                .flatMap(stocked -> Stream.of(Fault.values())
                        .flatMap(charge ->
                                Stream.of(Fault.values()).map(refund -> Arguments.of(stocked, charge, refund))));
    }

    @ParameterizedTest(name = "stocked {0}: charge {1}, refund {2}")
    @MethodSource("paymentFaults")
    void placingAnOrderAgainCompletesItWhenPaymentsWorkAgain(boolean stocked, Fault charge, Fault refund) {
        var ordered = new Case(stocked);
        network.get().reset(call -> Lost.NOTHING);
        ordered.till.charges(charge).refunds(refund);
        ordered.tryToPlace();
        ordered.mend();
        ordered.place();
        ordered.assertPlaced();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedOrderIsUndoneIfItsProductIsSoldOutInTheMeantime(Fault refund) {
        var ordered = new Case(true);
        network.get().reset(call -> call == RECORD ? Lost.REQUEST : Lost.NOTHING);
        ordered.till.refunds(refund);
        ordered.tryToPlace();
        ordered.mend();
        ordered.sellOut();
        assertThatThrownBy(ordered::place)
                .isInstanceOfSatisfying(
                        CheckoutException.class, e -> assertThat(e.notUndone()).isEmpty())
                .hasCauseInstanceOf(InsufficientStockException.class);
        assertThat(ordered.outcome()).isEqualTo(NOTHING);
        assertThat(ordered.till.taken()).isEqualTo(1);
        assertThat(ordered.till.returned()).isEqualTo(1);
    }

    /**
     * The request of this run to confirm the hold is lost. The run looks up the hold to undo the order, and then
     * another run confirms the hold.
     */
    @Test
    void anOrderIsPlacedIfItsHoldIsConfirmedBeforeItIsCancelled() {
        var ordered = new Case(true);
        network.get().reset(call -> {
            if (call == CANCEL) {
                ordered.reservations()
                        .forEach(hold -> platform.client().inventory().confirmReservation(hold.reservationId()));
            }
            return call == CONFIRM ? Lost.REQUEST : Lost.NOTHING;
        });
        ordered.place();
        ordered.assertPlaced();
    }
}
