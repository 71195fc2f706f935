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

/** One run of an order. Not thread-safe. */
final class CheckoutRun {

    private static final long LONGEST_MILLIS = 86_400_000;

    private final Order order;
    private final BoutiqueClient boutique;
    private final BoutiqueClient metrics;
    private final Payments payments;
    private final Duration holdTime;
    private final Clock clock;
    private final Instant start;

    private Step step = Step.LOOK_UP;

    /** What this run has made sure is paid. */
    private Optional<BigDecimal> paid = Optional.empty();

    /** The hold that is active or confirmed: the inventory has one of a reference at the most. */
    private Optional<Reservation> hold = Optional.empty();

    private long endedHolds;
    private Optional<Transaction> transaction = Optional.empty();

    /** Why nothing is undone: what there is belongs to another cart. */
    private static final class OtherLines extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        OtherLines(String message) {
            super(message);
        }
    }

    /** @param metrics for metrics, which nobody wants to wait for */
    CheckoutRun(
            Order order,
            BoutiqueClient boutique,
            BoutiqueClient metrics,
            Payments payments,
            Duration holdTime,
            Clock clock) {
        this.order = order;
        this.boutique = boutique;
        this.metrics = metrics;
        this.payments = payments;
        this.holdTime = holdTime;
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
        } catch (OtherLines e) {
            throw e;
        } catch (Exception e) {
            keepInterrupt(e);
            undo(e);
        }
        measure(true);
        return receipt();
    }

    /** The transaction first: when there is one, its hold was there before it. */
    private void lookUp() {
        transaction = boutique
                .accounting()
                .listTransactions(TransactionQuery.all().withReference(order.id()))
                .stream()
                .findFirst();
        var holds = boutique.inventory().listReservations(ReservationQuery.all().withReference(order.id())).stream()
                .toList();
        hold = holds.stream()
                .filter(one -> one.status() == ReservationStatus.ACTIVE || isConfirmed(one))
                .findFirst();
        endedHolds = holds.size() - hold.stream().count();
    }

    private static boolean isConfirmed(Reservation reservation) {
        return reservation.status() == ReservationStatus.CONFIRMED;
    }

    /** Where there never was a hold, nothing is stocked, and the transaction is the last step. */
    private boolean isPlaced() {
        return transaction.isPresent() && hold.map(CheckoutRun::isConfirmed).orElse(endedHolds == 0);
    }

    private Receipt again() {
        if (hold.isEmpty()) {
            // Nothing decides between a run that records and one that undoes: its refund may have come last.
            step = Step.CHARGE;
            try {
                payments.charge(order.id(), inCents(transaction.orElseThrow().price()));
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
        var cart = Cart.of(order, boutique);
        if (cart.stocked().isEmpty() && (hold.isPresent() || endedHolds > 0)) {
            throw new Cart.Refused("it was held before, and nothing of it is stocked now");
        }

        step = Step.HOLD;
        // What is recorded without a hold is left of a run that was undone, and its deletion may still be on its way.
        var leftOver = transaction.filter(recorded -> hold.isEmpty());
        var held = cart.stocked().isEmpty() ? Optional.<Reservation>empty() : Optional.of(hold(cart));

        step = Step.CHARGE;
        var amount = inCents(transaction
                .filter(recorded -> leftOver.isEmpty())
                .map(Transaction::price)
                .orElse(cart.total()));
        payments.charge(order.id(), amount);
        paid = Optional.of(amount);

        step = Step.RECORD;
        leftOver.ifPresent(this::delete);
        if (transaction.isEmpty()) {
            transaction = Optional.of(record(cart));
        }
        if (!isPaid(transaction.get())) {
            throw new Cart.Refused("it is recorded with another total, "
                    + transaction.get().price().toPlainString());
        }

        step = Step.CONFIRM;
        // The hold of this run, whatever was looked up since: if it has ended, so has the order.
        hold = held.map(this::confirmed);
    }

    /** So that the same amount looks the same each time. */
    private static BigDecimal inCents(BigDecimal amount) {
        return amount.setScale(2);
    }

    private boolean isPaid(Transaction recorded) {
        return paid.isPresent() && paid.get().compareTo(recorded.price()) == 0;
    }

    private Reservation confirmed(Reservation held) {
        return isConfirmed(held) ? held : boutique.inventory().confirmReservation(held.reservationId());
    }

    private Reservation hold(Cart cart) {
        if (hold.isPresent()) {
            var lines = hold.get().lines();
            if (!lines.equals(cart.stocked())) {
                throw new OtherLines("Order %s is under way with %s, not with %s: another cart is another order."
                        .formatted(order.id(), lines, cart.stocked()));
            }
            return hold.get();
        }
        // Holds that have ended had a key of their own each: a replay of one of them would hold nothing.
        return boutique.inventory()
                .createReservation(
                        NewReservation.of(cart.stocked())
                                .withReference(order.id())
                                .withTtl(holdTime),
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
        } catch (RuntimeException e) {
            undoing.failed(e, Step.HOLD, Step.CHARGE, Step.RECORD);
            throw undoing.because(cause);
        }
        // A transaction that is not paid by this run has come late, after an earlier run gave its money back.
        if (isPlaced() && (hold.isPresent() || isPaid(transaction.get()))) {
            return;
        }
        if (hold.isPresent()) {
            // Another run is under way, or was while the transaction was looked for.
            throw undoing.leaving(Step.HOLD, Step.CHARGE, Step.RECORD).because(cause);
        }
        unrecord(undoing);
        if (mayBePaid()) {
            refund(undoing);
        }
        if (mayStillArrive(cause) && !undoing.undone.contains(step)) {
            undoing.leaving(step);
        }
        measure(false);
        throw undoing.because(cause);
    }

    /** First of all: of confirming and cancelling, the inventory does one. */
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
            // It has expired, or is confirmed.
            lookUp();
        }
    }

    private void unrecord(Undoing undoing) {
        if (transaction.isEmpty()) {
            return;
        }
        try {
            delete(transaction.get());
            undoing.undone.add(Step.RECORD);
        } catch (RuntimeException e) {
            undoing.failed(e, Step.RECORD);
        }
    }

    private void delete(Transaction recorded) {
        try {
            boutique.accounting().deleteTransaction(recorded.id());
        } catch (NotFoundException e) {
            // As it should be.
        }
        transaction = Optional.empty();
    }

    /** An earlier run that charged has left a hold, at least if it had something to hold. */
    private boolean mayBePaid() {
        var surelyHeld = order.lines().stream().anyMatch(OrderLine.Product.class::isInstance);
        return step.compareTo(Step.CHARGE) >= 0 || endedHolds > 0 || !surelyHeld;
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
        var millis = Math.max(0, Duration.between(start, clock.instant()).toMillis());
        try {
            metrics.analytics()
                    .createMetric(NewMetric.of("order", BigDecimal.valueOf(Math.min(millis, LONGEST_MILLIS)), success));
        } catch (RuntimeException e) {
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
