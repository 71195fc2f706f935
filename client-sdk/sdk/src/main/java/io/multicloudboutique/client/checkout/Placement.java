package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.accounting.NewTransaction;
import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.analytics.NewMetric;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.inventory.NewReservation;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationStatus;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of an order. Not thread-safe. */
final class Placement {

    private static final long LONGEST_MILLIS = 86_400_000;

    private final Order order;
    private final BoutiqueClient boutique;
    private final Payments payments;
    private final Clock clock;
    private final Instant start;

    private Step step = Step.LOOK_UP;
    private @Nullable Cart cart;

    /** The hold that is active or confirmed: the inventory has one of a reference at the most. */
    private Optional<Reservation> hold = Optional.empty();

    private long endedHolds;
    private Optional<Transaction> transaction = Optional.empty();

    Placement(Order order, BoutiqueClient boutique, Payments payments, Clock clock) {
        this.order = order;
        this.boutique = boutique;
        this.payments = payments;
        this.clock = clock;
        start = clock.instant();
    }

    Receipt place() {
        try {
            lookUp();
        } catch (BoutiqueException e) {
            // It may be an order that has been placed: nothing may be undone.
            throw new Undoing().leaving(Step.HOLD, Step.CHARGE, Step.RECORD).because(e);
        }
        if (isPlaced()) {
            return again();
        }
        try {
            run();
        } catch (CheckoutException e) {
            throw e;
        } catch (Exception e) {
            keepInterrupt(e);
            undo(e);
        }
        measure(true);
        return receipt();
    }

    private void lookUp() {
        var holds = boutique.inventory().listReservations(ReservationQuery.all().withReference(order.id())).stream()
                .toList();
        hold = holds.stream()
                .filter(one -> one.status() == ReservationStatus.ACTIVE || isConfirmed(one))
                .findFirst();
        endedHolds = holds.size() - hold.stream().count();
        transaction = boutique
                .accounting()
                .listTransactions(TransactionQuery.all().withReference(order.id()))
                .stream()
                .findFirst();
    }

    private static boolean isConfirmed(Reservation reservation) {
        return reservation.status() == ReservationStatus.CONFIRMED;
    }

    /** Without any hold, nothing of it is stocked, and the transaction is the last step. */
    private boolean isPlaced() {
        return transaction.isPresent() && hold.map(Placement::isConfirmed).orElse(endedHolds == 0);
    }

    private Receipt again() {
        if (hold.isEmpty()) {
            // Nothing decides between a run that records and one that undoes: its refund may have come last.
            step = Step.CHARGE;
            try {
                payments.charge(order.id(), transaction.orElseThrow().price());
            } catch (Exception e) {
                keepInterrupt(e);
                throw new Undoing().leaving(Step.CHARGE, Step.RECORD).because(e);
            }
        }
        return receipt();
    }

    private Receipt receipt() {
        return new Receipt(order.id(), transaction.orElseThrow(), hold);
    }

    private void run() throws Exception {
        step = Step.VALIDATE;
        cart = Cart.of(order, boutique);

        step = Step.HOLD;
        if (!cart.stocked().isEmpty()) {
            hold = Optional.of(hold(cart));
        }

        step = Step.CHARGE;
        payments.charge(order.id(), transaction.map(Transaction::price).orElse(cart.total()));

        step = Step.RECORD;
        if (transaction.isEmpty()) {
            transaction = Optional.of(record(cart));
        }

        step = Step.CONFIRM;
        hold = hold.map(
                held -> isConfirmed(held) ? held : boutique.inventory().confirmReservation(held.reservationId()));
    }

    private Reservation hold(Cart cart) {
        if (hold.isPresent()) {
            if (!hold.get().lines().equals(cart.stocked())) {
                throw new Undoing()
                        .leaving(Step.HOLD, Step.CHARGE, Step.RECORD)
                        .because(new Cart.Refused("it is under way with other lines, "
                                + hold.get().lines()));
            }
            return hold.get();
        }
        // Of holds that have ended, each had a key of its own: a replay of one of those would hold nothing.
        return boutique.inventory()
                .createReservation(
                        NewReservation.of(cart.stocked()).withReference(order.id()),
                        order.id() + "/hold/" + endedHolds);
    }

    /** Without a key of the order's: the reference does what a key does, and has no replay of what was deleted since. */
    private Transaction record(Cart cart) {
        var recorded = NewTransaction.of(cart.summary(), cart.total(), LocalDate.now(clock))
                .withReference(order.id());
        try {
            return boutique.accounting()
                    .createTransaction(
                            order.customer().map(recorded::withCustomer).orElse(recorded));
        } catch (ConflictException e) {
            if (e.code() != ProblemCode.REFERENCE_TAKEN) {
                throw e;
            }
            // By a run at the same time, or by an earlier one whose request was still on its way.
            lookUp();
            return transaction.orElseThrow(() -> e);
        }
    }

    /** Returns if the order turns out to be placed. */
    private void undo(Exception cause) {
        var undoing = new Undoing();
        try {
            // What failed may have been done nevertheless, and another run may have done more.
            lookUp();
            cancelHold(undoing);
        } catch (BoutiqueException e) {
            undoing.failed(e, Step.HOLD, Step.CHARGE, Step.RECORD);
            throw undoing.because(cause);
        }
        if (isPlaced()) {
            return;
        }
        if (hold.isPresent()) {
            // Confirmed, and yet not recorded: somebody has deleted the transaction.
            throw undoing.leaving(Step.HOLD, Step.CHARGE).because(cause);
        }
        transaction.ifPresent(recorded -> delete(recorded, undoing));
        if (mayBePaid()) {
            refund(undoing);
        }
        if (mayStillArrive(cause) && !undoing.undone.contains(step)) {
            undoing.leaving(step);
        }
        measure(false);
        throw undoing.because(cause);
    }

    /** First of all: of confirming and cancelling, the inventory does one. Leaves no hold but a confirmed one. */
    private void cancelHold(Undoing undoing) {
        var active = hold.filter(held -> !isConfirmed(held));
        if (active.isEmpty()) {
            return;
        }
        try {
            boutique.inventory().cancelReservation(active.get().reservationId());
            undoing.undone.add(Step.HOLD);
            hold = Optional.empty();
            endedHolds++;
        } catch (ConflictException e) {
            if (e.code() != ProblemCode.RESERVATION_NOT_ACTIVE) {
                throw e;
            }
            // It has expired, or another run has confirmed it.
            lookUp();
        }
    }

    private void delete(Transaction recorded, Undoing undoing) {
        try {
            boutique.accounting().deleteTransaction(recorded.id());
            undoing.undone.add(Step.RECORD);
        } catch (NotFoundException e) {
            undoing.undone.add(Step.RECORD);
        } catch (BoutiqueException e) {
            undoing.failed(e, Step.RECORD);
        }
    }

    /** An earlier run that charged has left a hold, unless nothing of the order is stocked. */
    private boolean mayBePaid() {
        var stocked = cart == null
                ? order.lines().stream().anyMatch(OrderLine.Product.class::isInstance)
                : !cart.stocked().isEmpty();
        return step.compareTo(Step.CHARGE) >= 0 || !stocked || endedHolds > 0;
    }

    private void refund(Undoing undoing) {
        try {
            payments.refund(order.id());
            undoing.undone.add(Step.CHARGE);
        } catch (Exception e) {
            keepInterrupt(e);
            undoing.failed(e, Step.CHARGE);
        }
    }

    /** Whether the request that failed may be on its way, though nothing is to be seen of its effect. */
    private boolean mayStillArrive(Exception cause) {
        return (step == Step.HOLD || step == Step.RECORD)
                && cause instanceof BoutiqueException call
                && call.mayHaveTakenEffect();
    }

    private static void keepInterrupt(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure(boolean success) {
        var millis = Math.max(
                0,
                Math.min(
                        LONGEST_MILLIS, Duration.between(start, clock.instant()).toMillis()));
        try {
            boutique.analytics().createMetric(NewMetric.of("order", BigDecimal.valueOf(millis), success));
        } catch (BoutiqueException | IllegalStateException e) {
            // The order is what it is, measured or not. The client's log has it.
        }
    }

    private final class Undoing {

        private final EnumSet<Step> undone = EnumSet.noneOf(Step.class);
        private final EnumSet<Step> notUndone = EnumSet.noneOf(Step.class);
        private final List<Exception> failures = new ArrayList<>();

        Undoing leaving(Step... steps) {
            notUndone.addAll(List.of(steps));
            return this;
        }

        void failed(Exception failure, Step... steps) {
            leaving(steps);
            failures.add(failure);
        }

        CheckoutException because(Exception cause) {
            var exception = new CheckoutException(order.id(), step, undone, notUndone, cause);
            failures.forEach(exception::addSuppressed);
            return exception;
        }
    }
}
