package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.accounting.TransactionDraft;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.analytics.MetricDraft;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
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

/** One run of an order: a call of {@link Checkout#place}. Not thread-safe. */
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

    /** The amount that {@link Payments#charge} has confirmed in this run. */
    private Optional<BigDecimal> paid = Optional.empty();

    /** The active or confirmed hold. The inventory allows at most one of them for each reference. */
    private Optional<Reservation> hold = Optional.empty();

    private long endedHolds;
    private Optional<Transaction> transaction = Optional.empty();

    /**
     * Signals that an earlier run of the order holds another cart. Nothing is undone, because that hold and its payment
     * belong to the other cart.
     */
    private static final class OtherLines extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        OtherLines(String message) {
            super(message);
        }
    }

    /** @param metrics the client for metrics, with a short timeout, so that metrics do not delay an order */
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
            // The order may already be placed, so nothing may be undone.
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

    /**
     * Reads the transaction before the holds: a hold is created before its transaction, so whenever this method finds a
     * transaction, it also finds the hold of the transaction.
     */
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

    /**
     * Whether the order is placed. If the order has no hold, not even an ended one, then none of its items is stocked,
     * and the transaction is its last step.
     */
    private boolean isPlaced() {
        return transaction.isPresent() && hold.map(CheckoutRun::isConfirmed).orElse(endedHolds == 0);
    }

    private Receipt again() {
        if (hold.isEmpty()) {
            // The order has no hold that decides between concurrent runs: while one run recorded the transaction,
            // another run may have undone the order and refunded the charge last. Therefore, ensure again that the
            // order is paid.
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
            throw new Cart.Refused("an earlier run held stock for the order, but none of its items is stocked now");
        }

        step = Step.HOLD;
        // A transaction without an active or confirmed hold is left over from an undone run. A request to delete the
        // transaction may still be in progress, so this run deletes it and records a new one.
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
            throw new Cart.Refused("the order is already recorded with a different total, "
                    + transaction.get().price().toPlainString());
        }

        step = Step.CONFIRM;
        // Confirm the hold of this run, even if record() has looked up another one in the meantime. If the hold of this
        // run has ended, the order fails.
        hold = held.map(this::confirmed);
    }

    /** Sets the scale to 2, so that the same amount has the same representation in every run. */
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
            var lines = hold.get().lines().stream()
                    .map(line -> ReservationLine.of(line.productId(), (int) line.quantity()))
                    .toList();
            if (!lines.equals(cart.stocked())) {
                throw new OtherLines("Order %s already holds %s, not %s. Use a new order id for a different cart."
                        .formatted(order.id(), lines, cart.stocked()));
            }
            return hold.get();
        }
        // Each hold of this order has its own key. With the key of a hold that has ended, the service would return the
        // stored response and hold nothing.
        return boutique.inventory()
                .createReservation(
                        ReservationDraft.of(cart.stocked())
                                .withReference(order.id())
                                .withTtl(holdTime),
                        RequestOptions.none().withIdempotencyKey(order.id() + "/hold/" + endedHolds));
    }

    /**
     * Records the transaction without an idempotency key that is derived from the order id. The reference already
     * prevents duplicates. With such a key, the service could return the stored response for a transaction that has
     * since been deleted.
     */
    private Transaction record(Cart cart) {
        var recorded = TransactionDraft.of(cart.summary(), cart.total(), LocalDate.now(clock))
                .withReference(order.id());
        try {
            return boutique.accounting()
                    .createTransaction(
                            order.customer().map(recorded::withCustomer).orElse(recorded));
        } catch (ConflictException e) {
            if (e.code() != ProblemCode.REFERENCE_TAKEN) {
                throw e;
            }
            // The transaction comes from a concurrent run, or from an earlier run whose request arrived late.
            lookUp();
            return transaction.orElseThrow(() -> e);
        }
    }

    /** Undoes this run and throws, or returns normally if the order turns out to be placed. */
    private void undo(Exception cause) {
        var undoing = new Undoing();
        try {
            // The failed request may have taken effect, and a concurrent run may have continued the order.
            lookUp();
            cancelHold(undoing);
        } catch (RuntimeException e) {
            undoing.failed(e, Step.HOLD, Step.CHARGE, Step.RECORD);
            throw undoing.because(cause);
        }
        // If there is no hold, a transaction that this run has not paid for comes from a late request of an earlier
        // run, which has refunded the charge.
        if (isPlaced() && (hold.isPresent() || isPaid(transaction.get()))) {
            return;
        }
        if (hold.isPresent()) {
            // Another run is in progress, or was in progress when the transaction was read.
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

    /**
     * Must run before the other steps are undone: the inventory either confirms or cancels a hold, so the hold decides
     * between concurrent runs.
     */
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
            // The hold has expired or was confirmed.
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
            // The transaction is already deleted.
        }
        transaction = Optional.empty();
    }

    /**
     * Whether this run or an earlier run may have charged. An earlier run that charged also created a hold, unless it
     * had nothing to hold.
     */
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

    /** Whether the failed request may still arrive at the service, although its effect is not visible yet. */
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
                    .createMetric(
                            MetricDraft.of("order", BigDecimal.valueOf(Math.min(millis, LONGEST_MILLIS)), success));
        } catch (RuntimeException e) {
            // A missing metric does not change the result of the order. The client logs the failed call.
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
