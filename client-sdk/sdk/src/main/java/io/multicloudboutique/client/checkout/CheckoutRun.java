package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.accounting.TransactionDraft;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.analytics.MetricDraft;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.IdempotencyKeyReusedException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationExtension;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationStatus;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run of an order: a call of {@link Checkout#place}. Not thread-safe.
 *
 * <p>Several runs with the same order id may overlap, with the same cart or with different carts. A run recognises the
 * holds and the transaction of its own cart by their fingerprint, see {@link Order#fingerprint()}, and keeps these rules:
 *
 * <ul>
 *   <li><strong>A run changes only its own cart.</strong> It extends, confirms and cancels only holds, and deletes only
 *       transactions, that have its fingerprint. If another cart has the transaction of the order id, or its active or
 *       confirmed hold, the run ends with an {@link OrderIdReusedException}.
 *   <li><strong>The services decide which cart gets the order id.</strong> The inventory permits one active or confirmed
 *       hold for each reference, and accounting permits one transaction. A run charges only while it has the hold of its
 *       cart, and it confirms the hold only if it has the transaction.
 *   <li><strong>A run refunds only while no order is recorded.</strong> {@link Payments} knows only the order id, so a
 *       refund may hit the charge of another run. Therefore, before a run refunds, it records a marker, which prevents
 *       other runs from recording the order until it has refunded. If another order is recorded already, the payment
 *       belongs to that order. And each run charges again after it has recorded the order, because its first charge may
 *       have been refunded before.
 * </ul>
 */
final class CheckoutRun {

    private static final long LONGEST_MILLIS = 86_400_000;

    /** The longest time from the creation of a hold to its end, with all its extensions. */
    private static final Duration LONGEST_HOLD = Duration.ofDays(1);

    /** Ends the fingerprint of a marker. */
    private static final String MARKER = "-undo";

    private final Order order;
    private final String fingerprint;
    private final BoutiqueClient boutique;
    private final BoutiqueClient metrics;
    private final Payments payments;
    private final Duration holdTime;
    private final Clock clock;
    private final Instant start;

    private Step step = Step.LOOK_UP;

    /** The amount that the last call of {@link Payments#charge} in this run has confirmed. */
    private Optional<BigDecimal> paid = Optional.empty();

    /** The id of the marker that this run has recorded. A service that is older than this SDK keeps no fingerprint of it. */
    private Optional<Long> ownMarker = Optional.empty();

    /** All holds with the order id, of any cart. */
    private List<Reservation> holds = List.of();

    /** The transaction with the order id, of any cart. */
    private Optional<Transaction> transaction = Optional.empty();

    /** @param metrics the client for metrics, with a short timeout, so that metrics do not delay an order */
    CheckoutRun(
            Order order,
            BoutiqueClient boutique,
            BoutiqueClient metrics,
            Payments payments,
            Duration holdTime,
            Clock clock) {
        this.order = order;
        this.fingerprint = order.fingerprint();
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
        if (isTaken() && hold().filter(held -> !isConfirmed(held)).isPresent()) {
            undo(reused()); // An earlier run of this cart has left its hold.
        }
        if (isTaken() || isOfAnotherCustomer()) {
            throw reused();
        }
        if (isPlaced()) {
            return again();
        }
        try {
            run();
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
        holds = boutique.inventory().listReservations(ReservationQuery.all().withReference(order.id())).stream()
                .toList();
    }

    private static boolean isConfirmed(Reservation reservation) {
        return reservation.status() == ReservationStatus.CONFIRMED;
    }

    private static boolean isEnded(Reservation reservation) {
        return reservation.status() != ReservationStatus.ACTIVE && !isConfirmed(reservation);
    }

    private boolean isOwn(Reservation reservation) {
        return reservation.fingerprint().equals(Optional.of(fingerprint));
    }

    private boolean isOwn(Transaction recorded) {
        return recorded.fingerprint().equals(Optional.of(fingerprint)) || isMarker(recorded);
    }

    /** Whether this is not an order, but the marker of a run of this cart that refunds the charge. */
    private boolean isMarker(Transaction recorded) {
        return recorded.fingerprint().equals(Optional.of(fingerprint + MARKER))
                || ownMarker.equals(Optional.of(recorded.id()));
    }

    /** Returns the active or confirmed hold. The inventory permits at most one of them for each reference. */
    private Optional<Reservation> anyHold() {
        return holds.stream().filter(one -> !isEnded(one)).findFirst();
    }

    /** Returns the active or confirmed hold if it is a hold of this cart. */
    private Optional<Reservation> hold() {
        return anyHold().filter(this::isOwn);
    }

    private long endedHolds() {
        return holds.stream().filter(CheckoutRun::isEnded).count();
    }

    /**
     * Whether the transaction belongs to an order that is placed or in progress. A transaction whose holds have all
     * ended is left over from an undone run. If a cart has no hold, not even an ended one, then none of its items is
     * stocked, and the transaction is its last step.
     */
    private boolean isLive(Transaction recorded) {
        var ofItsCart = holds.stream()
                .filter(one -> one.fingerprint().equals(recorded.fingerprint()))
                .toList();
        return recorded.fingerprint().filter(of -> of.endsWith(MARKER)).isEmpty()
                && !isMarker(recorded)
                && (ofItsCart.isEmpty() || !ofItsCart.stream().allMatch(CheckoutRun::isEnded));
    }

    private boolean isPlaced() {
        return transaction.filter(this::isOwn).filter(this::isLive).isPresent()
                && hold().map(CheckoutRun::isConfirmed).orElse(true);
    }

    /** Whether another cart has the order id. */
    private boolean isTaken() {
        return transaction.isPresent() && !isOwn(transaction.get())
                || anyHold().isPresent() && hold().isEmpty() && !isPlaced();
    }

    /** Whether another cart is placed or in progress, so that the payment of the order id may be its payment. */
    private boolean isAnotherCartLive() {
        return isTaken()
                && (anyHold().isPresent() && hold().isEmpty()
                        || transaction.filter(this::isLive).isPresent());
    }

    /** Customers are compared only if both the order and the transaction name one, because a name can be removed. */
    private boolean isOfAnotherCustomer() {
        var recorded = transaction.filter(this::isLive).flatMap(Transaction::customer);
        return recorded.isPresent() && order.customer().isPresent() && !recorded.equals(order.customer());
    }

    private OrderIdReusedException reused() {
        return new OrderIdReusedException(order.id(), transaction, anyHold());
    }

    private Receipt again() {
        var refunded = transaction.flatMap(Transaction::refunded).isPresent();
        if (hold().isEmpty() && !refunded) {
            // The order has no hold that decides between concurrent runs: while one run recorded the transaction,
            // another run may have undone the order and refunded the charge last. Therefore, ensure again that the
            // order is paid.
            step = Step.CHARGE;
            try {
                charge(transaction.orElseThrow().price());
            } catch (Exception e) {
                keepInterrupt(e);
                throw new Undoing().leaving(Step.CHARGE, Step.RECORD).because(e);
            }
        }
        return receipt();
    }

    private Receipt receipt() {
        if (isOfAnotherCustomer()) {
            throw reused();
        }
        return new Receipt(order.id(), transaction.orElseThrow(), hold());
    }

    private void run() throws Exception {
        step = Step.VALIDATE;
        var cart = Cart.of(order, boutique);
        if (cart.stocked().isEmpty() && holds.stream().anyMatch(this::isOwn)) {
            throw new Cart.Refused("an earlier run held stock for the order, but none of its items is stocked now");
        }

        step = Step.HOLD;
        extendHold();
        // A transaction without an active or confirmed hold is left over from an undone run. A request to delete the
        // transaction may still be in progress, so this run deletes it and records a new one.
        var leftOver = transaction.filter(recorded -> !isLive(recorded));
        var held = cart.stocked().isEmpty() ? Optional.<Reservation>empty() : Optional.of(hold(cart));

        if (leftOver.isPresent() || transaction.isEmpty()) {
            step = Step.CHARGE;
            charge(cart.total());

            step = Step.RECORD;
            leftOver.ifPresent(this::delete);
            transaction = Optional.of(record(cart));
            if (isTaken() || isOfAnotherCustomer()) {
                throw reused();
            }
            if (!isPaid(transaction.get())) {
                throw new Cart.Refused("the order is already recorded with a different total, "
                        + transaction.get().price().toPlainString());
            }
        }

        // Another run may have refunded the charge before this run recorded the transaction. From now on, it charges
        // again if it does so.
        step = Step.CHARGE;
        charge(transaction.get().price());

        step = Step.CONFIRM;
        // Confirm the hold of this run, even if record() has looked up another one in the meantime. If the hold of this
        // run has ended, the order fails.
        held.map(this::confirmed).ifPresent(this::update);
    }

    private void charge(BigDecimal price) throws Exception {
        // In cents, so that the same amount has the same representation in every run.
        var amount = price.setScale(2);
        paid = Optional.empty();
        payments.charge(order.id(), amount);
        paid = Optional.of(amount);
    }

    private boolean isPaid(Transaction recorded) {
        return paid.isPresent() && paid.get().compareTo(recorded.price()) == 0;
    }

    private Reservation confirmed(Reservation held) {
        return isConfirmed(held) ? held : boutique.inventory().confirmReservation(held.reservationId());
    }

    /** Replaces the hold with this id by its new state. */
    private void update(Reservation changed) {
        holds = Stream.concat(
                        Stream.of(changed),
                        holds.stream().filter(one -> !one.reservationId().equals(changed.reservationId())))
                .toList();
    }

    /**
     * Gives the hold of an earlier run the whole hold time again, because it may be about to expire. The inventory decides
     * by its own clock whether the hold needs the extension. The times of the hold limit the extension, too, so the clock
     * of this process may be wrong.
     */
    private void extendHold() {
        var active = hold().filter(held -> !isConfirmed(held));
        if (active.isEmpty()) {
            return;
        }
        var held = active.get();
        // An active hold has not reached its end yet, so with this time, it lasts for less than the longest time.
        var rest = LONGEST_HOLD
                .minus(Duration.between(held.createdAt(), held.expiresAt()))
                .truncatedTo(ChronoUnit.SECONDS);
        var ttl = rest.compareTo(holdTime) < 0 ? rest : holdTime;
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0) {
            return;
        }
        try {
            update(boutique.inventory().extendReservation(held.reservationId(), ReservationExtension.of(ttl)));
        } catch (ConflictException e) {
            if (e.code() != ProblemCode.RESERVATION_NOT_ACTIVE) {
                throw e;
            }
            // The hold has ended since this run looked.
            lookUp();
            if (isTaken()) {
                throw reused();
            }
        }
    }

    private Reservation hold(Cart cart) {
        while (hold().isEmpty()) {
            var ended = endedHolds();
            try {
                // Each hold of this order has its own key. With the key of a hold that has ended, the service would
                // return the stored response and hold nothing.
                var created = boutique.inventory()
                        .createReservation(
                                ReservationDraft.of(cart.stocked())
                                        .withReference(order.id())
                                        .withFingerprint(fingerprint)
                                        .withTtl(holdTime),
                                RequestOptions.none().withIdempotencyKey(order.id() + "/hold/" + ended));
                if (!isOwn(created)) {
                    boutique.inventory().cancelReservation(created.reservationId());
                    throw new Cart.Refused("the inventory service keeps no fingerprint, so it is older than this SDK");
                }
                update(created);
            } catch (ConflictException | IdempotencyKeyReusedException e) {
                if (e instanceof ConflictException conflict && conflict.code() != ProblemCode.REFERENCE_TAKEN) {
                    throw e;
                }
                // Another run has created a hold since this run looked.
                lookUp();
                if (isTaken()) {
                    throw reused();
                }
                if (hold().isEmpty() && endedHolds() == ended) {
                    throw e;
                }
            }
        }
        var held = hold().get();
        if (!lines(held).equals(cart.stocked())) {
            throw new Cart.Refused("an earlier run holds " + lines(held) + ", but the order now needs " + cart.stocked()
                    + ", because the catalogue has changed");
        }
        return held;
    }

    private static List<ReservationLine> lines(Reservation held) {
        return held.lines().stream()
                .map(line -> ReservationLine.of(line.productId(), Math.toIntExact(line.quantity())))
                .toList();
    }

    /**
     * Records the transaction without an idempotency key that is derived from the order id. The reference already
     * prevents duplicates. With such a key, the service could return the stored response for a transaction that has
     * since been deleted.
     */
    private Transaction record(Cart cart) {
        var recorded = TransactionDraft.of(cart.summary(), cart.total(), LocalDate.now(clock))
                .withReference(order.id())
                .withFingerprint(fingerprint);
        try {
            var created = boutique.accounting()
                    .createTransaction(
                            order.customer().map(recorded::withCustomer).orElse(recorded));
            if (!isOwn(created)) {
                delete(created);
                throw new Cart.Refused("the accounting service keeps no fingerprint, so it is older than this SDK");
            }
            return created;
        } catch (ConflictException e) {
            if (e.code() != ProblemCode.REFERENCE_TAKEN) {
                throw e;
            }
            // The transaction comes from a concurrent run, or from an earlier run whose request arrived late.
            lookUp();
            return transaction.filter(found -> !isMarker(found)).orElseThrow(() -> e);
        }
    }

    /** Undoes this run and throws, or returns normally if the order turns out to be placed. */
    private void undo(Exception cause) {
        if (cause instanceof OrderIdReusedException reused && (step == Step.HOLD || !isTaken())) {
            // This run has done nothing, or only what belongs to the order of another customer with the same cart.
            throw reused;
        }
        var undoing = new Undoing();
        try {
            // The failed request may have taken effect, and a concurrent run may have continued the order.
            lookUp();
            cancelHold(undoing);
        } catch (RuntimeException e) {
            undoing.failed(e, Step.HOLD, Step.CHARGE, Step.RECORD);
            throw undoing.because(cause);
        }
        if (isFinished()) {
            return;
        }
        if (hold().isPresent()) {
            // Another run is in progress, or was in progress when the transaction was read.
            throw undoing.leaving(Step.HOLD, Step.CHARGE, Step.RECORD).because(cause);
        }
        unrecord(undoing);
        if (mayBePaid() && !isAnotherCartLive()) {
            refund(undoing);
            if (isFinished() && !undoing.notUndone.contains(Step.CHARGE)) {
                return;
            }
        }
        if (mayStillArrive(cause) && !undoing.undone.contains(step)) {
            undoing.leaving(step);
        }
        if (isTaken() && undoing.notUndone.isEmpty()) {
            var reused = reused();
            if (!(cause instanceof OrderIdReusedException)) {
                reused.addSuppressed(cause);
            }
            throw reused;
        }
        measure(false);
        throw undoing.because(cause);
    }

    /**
     * Whether the order is placed and paid. If there is no hold, a transaction that this run has not paid for comes from
     * a late request of an earlier run, which has refunded the charge.
     */
    private boolean isFinished() {
        return isPlaced() && (hold().isPresent() || isPaid(transaction.orElseThrow()));
    }

    /**
     * Must run before the other steps are undone: the inventory either confirms or cancels a hold, so the hold decides
     * between concurrent runs.
     */
    private void cancelHold(Undoing undoing) {
        var active = hold().filter(held -> !isConfirmed(held));
        if (active.isEmpty()) {
            return;
        }
        try {
            update(boutique.inventory().cancelReservation(active.get().reservationId()));
            undoing.undone.add(Step.HOLD);
        } catch (ConflictException e) {
            if (e.code() != ProblemCode.RESERVATION_NOT_ACTIVE) {
                throw e;
            }
            // The hold has expired or was confirmed.
            lookUp();
        }
    }

    private void unrecord(Undoing undoing) {
        var own = transaction.filter(this::isOwn).filter(recorded -> !isMarker(recorded));
        if (own.isEmpty()) {
            return;
        }
        try {
            delete(own.get());
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
        return step.compareTo(Step.CHARGE) >= 0 || endedHolds() > 0 || !surelyHeld;
    }

    /** Refunds the charge, unless another run has recorded an order in the meantime. */
    private void refund(Undoing undoing) {
        // A transaction that is still there could not be deleted, or is left over. It prevents other runs from
        // recording.
        if (transaction.isEmpty()) {
            try {
                mark();
            } catch (RuntimeException e) {
                undoing.failed(e, Step.CHARGE, Step.RECORD);
                return;
            }
            if (transaction.filter(this::isLive).isPresent()) {
                if (!isTaken()) {
                    undoing.leaving(Step.HOLD, Step.CHARGE, Step.RECORD);
                }
                return;
            }
        }
        try {
            payments.refund(order.id());
            undoing.undone.add(Step.CHARGE);
        } catch (Exception e) {
            keepInterrupt(e);
            undoing.failed(e, Step.CHARGE);
        }
        try {
            if (unmark()) {
                return;
            }
        } catch (RuntimeException e) {
            undoing.failed(e, Step.RECORD);
            return;
        }
        payIfPlaced(undoing);
    }

    /** Records the marker, or looks up the transaction that another run has recorded. */
    private void mark() {
        var marker = TransactionDraft.of("Undoing order " + order.id(), BigDecimal.ZERO, LocalDate.now(clock))
                .withReference(order.id())
                .withFingerprint(fingerprint + MARKER);
        while (transaction.isEmpty()) {
            try {
                transaction = Optional.of(boutique.accounting().createTransaction(marker));
                ownMarker = transaction.map(Transaction::id);
            } catch (ConflictException e) {
                if (e.code() != ProblemCode.REFERENCE_TAKEN) {
                    throw e;
                }
                lookUp();
            }
        }
    }

    /** Deletes the marker, or returns false if there was none, so that another run may have continued the order. */
    private boolean unmark() {
        var marker = transaction.filter(this::isMarker);
        if (marker.isEmpty()) {
            return false;
        }
        try {
            boutique.accounting().deleteTransaction(marker.get().id());
            transaction = Optional.empty();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /**
     * The refund may have hit the charge of another run of this cart. The inventory decides: if that run has confirmed the
     * hold, the order is placed, so this run charges again. Otherwise this run cancels the hold, and that run undoes its
     * steps.
     */
    private void payIfPlaced(Undoing undoing) {
        try {
            lookUp();
            if (hold().isPresent()) {
                undoing.leaving(Step.CHARGE, Step.RECORD);
            }
            cancelHold(undoing);
            if (isPlaced()) {
                charge(transaction.orElseThrow().price());
                undoing.notUndone.clear();
            }
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
