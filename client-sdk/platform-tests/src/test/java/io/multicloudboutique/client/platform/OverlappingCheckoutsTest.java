package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.checkout.Checkout;
import io.multicloudboutique.client.checkout.CheckoutException;
import io.multicloudboutique.client.checkout.Order;
import io.multicloudboutique.client.checkout.OrderIdReusedException;
import io.multicloudboutique.client.checkout.OrderLine;
import io.multicloudboutique.client.checkout.Payments;
import io.multicloudboutique.client.checkout.Receipt;
import io.multicloudboutique.client.food.FoodItemDraft;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationStatus;
import io.multicloudboutique.client.platform.FaultyNetwork.Lost;
import io.multicloudboutique.client.platform.Till.Crash;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two runs with the same order id take turns at each call of a service and of the payments, in many orders. One of them
 * may also fail or end in the middle. At most one of the carts gets the order id, and no run undoes the other cart.
 */
@SharedPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverlappingCheckoutsTest {

    private static final int SEEDS = 5;
    private static final int STOCK = 10;
    private static final int MAX_CALLS = 14;
    private static final int MAX_REPETITIONS = 3;
    private static final BigDecimal PRICE = new BigDecimal("249.00");

    /** The carts of the two runs. */
    private enum Carts {
        DIFFERENT_QUANTITIES,
        DIFFERENT_PRICES,
        STOCKED_AND_NOT_STOCKED,
        NOT_STOCKED,
        NOT_STOCKED_AT_THE_SAME_PRICE,
        EQUAL,
        EQUAL_AND_NOT_STOCKED;

        boolean areEqual() {
            return this == EQUAL || this == EQUAL_AND_NOT_STOCKED;
        }

        boolean areStocked() {
            return this == DIFFERENT_QUANTITIES || this == DIFFERENT_PRICES || this == EQUAL;
        }
    }

    /** The fault that meets the first run. */
    private enum Fault {
        NONE,
        REQUEST_LOST,
        ANSWER_LOST,
        DECLINED,
        KILLED
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Platform platform;
    private List<FaultyNetwork> networks;
    private long dish;
    private long dishAtTheSamePrice;

    @BeforeAll
    void prepare(Platform platform) {
        this.platform = platform;
        networks = List.of(new FaultyNetwork(platform), new FaultyNetwork(platform));
        dish = dish("7.50");
        dishAtTheSamePrice = dish("7.50");
    }

    private long dish(String price) {
        return platform.client()
                .food()
                .createFoodItem(FoodItemDraft.of("Soup", "French", new BigDecimal(price)))
                .id();
    }

    @AfterAll
    void stop() {
        networks.forEach(FaultyNetwork::close);
        threads.shutdownNow();
    }

    static Stream<Arguments> cases() {
        return Stream.of(Carts.values())
                .flatMap(carts -> Stream.of(Fault.values()).map(fault -> Arguments.of(carts, fault)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void overlappingRunsPlaceOneCartAndNeverUndoTheOther(Carts carts, Fault fault) throws Exception {
        for (var seed = 0; seed < SEEDS; seed++) {
            new Case(carts, fault, seed).check();
        }
    }

    /** Two runs with the same order id. */
    private final class Case {

        private final String orderId = "order-" + UUID.randomUUID();
        private final Carts carts;
        private final Fault fault;
        private final Till till = new Till();
        private final String product = "P" + UUID.randomUUID();
        private final List<Order> orders;
        private final Random random;
        private final Interleaving interleaving;
        private final String description;

        Case(Carts carts, Fault fault, int seed) {
            this.carts = carts;
            this.fault = fault;
            description = carts + ", " + fault + ", seed " + seed + ": ";
            random = new Random(seed);
            interleaving = new Interleaving(seed, 2);
            platform.client().inventory().createProduct(ProductDraft.of(product, "Camera", STOCK));
            orders = lines().stream().map(line -> Order.of(orderId, line)).toList();
        }

        private List<OrderLine> lines() {
            var one = OrderLine.product(product, 1, PRICE);
            var soup = OrderLine.food(dish, 1);
            return switch (carts) {
                case DIFFERENT_QUANTITIES -> List.of(one, OrderLine.product(product, 2, PRICE));
                case DIFFERENT_PRICES -> List.of(one, OrderLine.product(product, 1, BigDecimal.TEN));
                case STOCKED_AND_NOT_STOCKED -> random.nextBoolean() ? List.of(one, soup) : List.of(soup, one);
                case NOT_STOCKED -> List.of(soup, OrderLine.food(dish, 2));
                case NOT_STOCKED_AT_THE_SAME_PRICE -> List.of(soup, OrderLine.food(dishAtTheSamePrice, 1));
                case EQUAL -> List.of(one, one);
                case EQUAL_AND_NOT_STOCKED -> List.of(soup, soup);
            };
        }

        void check() throws Exception {
            var failing = random.nextInt(MAX_CALLS);
            var lost = fault == Fault.REQUEST_LOST
                    ? Lost.REQUEST
                    : fault == Fault.ANSWER_LOST ? Lost.ANSWER : Lost.NOTHING;
            var first = new Turns(0, failing);
            networks.get(0)
                    .reset(call -> call == failing && !(carts.areEqual() && first.refunded) ? lost : Lost.NOTHING);
            networks.get(1).reset(call -> Lost.NOTHING);
            var results = new ArrayList<Object>();
            var runs = List.<Callable<Object>>of(() -> run(first), () -> run(new Turns(1, Integer.MAX_VALUE)));
            for (var run : threads.invokeAll(runs)) {
                results.add(run.get());
            }
            networks.get(0).reset(call -> Lost.NOTHING);

            var winners = winners(results);
            if (fault == Fault.NONE && carts.areStocked()) {
                assertThat(winners).as(description + results).hasSize(carts.areEqual() ? 2 : 1);
                assertThat(results)
                        .as(description)
                        .allMatch(result -> result instanceof Receipt || result instanceof OrderIdReusedException);
            }
            if (!carts.areEqual()) {
                assertThat(winners.size()).as(description + results).isLessThanOrEqualTo(1);
                winners.forEach(winner -> assertPlaced(winner, results));
            }

            // In every case: if both orders are placed again, one of them is placed, and the other one is refused.
            var again = List.of(placeAgain(0), placeAgain(1));
            var placed = winners(again);
            assertThat(placed).as(description + results + again).hasSize(carts.areEqual() ? 2 : 1);
            if (!carts.areEqual()) {
                assertThat(placed).as(description + results + again).containsAll(winners);
                assertThat(again.get(1 - placed.get(0)))
                        .as(description)
                        .isInstanceOfSatisfying(OrderIdReusedException.class, refused -> {
                            assertThat(refused.orderId()).isEqualTo(orderId);
                            assertThat(refused.transactionId())
                                    .isEqualTo(transaction().map(Transaction::id));
                        });
            }
            assertPlaced(placed.get(0), again);
            assertThat(holds(ReservationStatus.ACTIVE))
                    .as(description + results + again)
                    .isZero();
        }

        private List<Integer> winners(List<?> results) {
            return Stream.of(0, 1)
                    .filter(run -> results.get(run) instanceof Receipt)
                    .toList();
        }

        /** Returns the receipt, or the exception with which the run ended. */
        private Object run(Turns turns) {
            try {
                var client = networks.get(turns.run)
                        .client()
                        .withOptions(options -> options.addAttemptListener(attempt -> {
                            turns.next();
                            return result -> {};
                        }));
                return Checkout.of(client, turns).place(orders.get(turns.run));
            } catch (CheckoutException | OrderIdReusedException | Crash e) {
                return e;
            } finally {
                interleaving.end();
            }
        }

        private Object placeAgain(int run) {
            for (var repetition = 1; ; repetition++) {
                try {
                    return Checkout.of(networks.get(run).client(), till).place(orders.get(run));
                } catch (OrderIdReusedException e) {
                    return e;
                } catch (CheckoutException e) {
                    if (repetition == MAX_REPETITIONS) {
                        return e;
                    }
                }
            }
        }

        private void assertPlaced(int winner, List<?> results) {
            var line = orders.get(winner).lines().get(0);
            var stocked = line instanceof OrderLine.Product;
            var total = (line instanceof OrderLine.Product camera ? camera.price() : new BigDecimal("7.50"))
                    .multiply(BigDecimal.valueOf(line.quantity()));
            assertThat(till.paid(orderId)).as(description + results).isEqualByComparingTo(total);
            assertThat(till.taken() - till.returned()).as(description + results).isEqualTo(1);
            assertThat(transaction().orElseThrow().price())
                    .as(description + results)
                    .isEqualByComparingTo(total);
            assertThat(holds(ReservationStatus.CONFIRMED))
                    .as(description + results)
                    .isEqualTo(stocked ? 1 : 0);
            assertThat(platform.client().inventory().getProduct(product).stockLevel())
                    .isEqualTo(stocked ? STOCK - line.quantity() : STOCK);
        }

        private long holds(ReservationStatus status) {
            return platform
                    .client()
                    .inventory()
                    .listReservations(ReservationQuery.all().withReference(orderId))
                    .stream()
                    .filter(hold -> hold.status() == status)
                    .count();
        }

        private Optional<Transaction> transaction() {
            return platform
                    .client()
                    .accounting()
                    .listTransactions(TransactionQuery.all().withReference(orderId))
                    .stream()
                    .findFirst();
        }

        /** The turns of a run: before each attempt of a call, and before each charge and refund. */
        private final class Turns implements Payments {

            private final int run;
            private final int failing;
            private int turns;

            /**
             * Whether the last call was a refund. If the run cannot look at the services after that, because it ends or
             * loses its connection, it does not know whether another run of the same cart has continued the order.
             */
            private volatile boolean refunded;

            Turns(int run, int failing) {
                this.run = run;
                this.failing = failing;
            }

            void next() {
                interleaving.turn(run);
                if (fault == Fault.KILLED && turns++ >= failing && !(carts.areEqual() && refunded)) {
                    throw new Crash();
                }
            }

            @Override
            public void charge(String id, BigDecimal amount) throws IOException {
                next();
                refunded = false;
                if (fault == Fault.DECLINED && run == 0) {
                    throw new IOException("card declined");
                }
                till.charge(id, amount);
            }

            @Override
            public void refund(String id) {
                next();
                refunded = true;
                till.refund(id);
            }
        }
    }
}
