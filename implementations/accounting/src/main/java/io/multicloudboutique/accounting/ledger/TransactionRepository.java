package io.multicloudboutique.accounting.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.accounting.ledger.Transaction.Draft;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.Conditions;
import io.multicloudboutique.support.database.SqlStates;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.items.ItemRepository;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.paging.PageWithTotal;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.totals.Totals;
import io.multicloudboutique.support.totals.Totals.Total;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes transactions and their totals in the database. */
@Repository
class TransactionRepository extends ItemRepository<Transaction> {

    private static final String COLUMNS =
            "id, item, price, date, customer, reference, fingerprint, refunded, refund_of, version";

    private static final String TOTAL = "transactions";

    private static final String TOTAL_OF_FILTER =
            "SELECT count(*) AS items, coalesce(sum(price), 0) AS amount FROM transactions WHERE ";

    private final Totals totals;

    TransactionRepository(DatabaseClient database, Transactions transactions, Totals totals, MeterRegistry meters) {
        super(database, transactions, meters, "transactions", COLUMNS, "transaction");
        this.totals = totals;
    }

    /**
     * Returns one page of the matching transactions, latest date first, newest first within a date, and the total of all
     * matching transactions: their number and the sum of their prices. The total of all transactions is a running total,
     * so its cost does not grow with the table. For any other filter, the query reads the index entries of the matching
     * transactions.
     */
    Mono<PageWithTotal<Transaction, Total>> page(TransactionFilter filter, PageRequest request) {
        var where = conditions(filter);
        var total = filter.admitsAll() ? Totals.READ : TOTAL_OF_FILTER + where; // without the start of the page
        request.afterOrder(LocalDate::parse).ifPresent(after -> where.and("(date, id) < (:order, :number)", after));
        var statement = database.sql(PageWithTotal.sql(
                        total,
                        "SELECT " + COLUMNS + " FROM transactions WHERE " + where
                                + " ORDER BY date DESC, id DESC LIMIT :rows",
                        "date DESC, id DESC"))
                .bindValues(where.values())
                .bind("rows", request.rows());
        return PageWithTotal.of(
                filter.admitsAll() ? statement.bind("total", TOTAL) : statement,
                request,
                "id",
                this::item,
                Totals::total,
                transaction -> Cursor.at(transaction.date(), transaction.id()));
    }

    /**
     * Adds transactions, in the transaction of the caller. Those with references are added in the order of their
     * references, so that instances that add the same ones wait for each other instead of causing a deadlock.
     *
     * @return an element for each draft; empty if another transaction already has its reference
     */
    Mono<List<Optional<Transaction>>> addAll(List<Draft> drafts) {
        return addAll(database.sql("""
                        INSERT INTO transactions (item, price, date, customer, reference, fingerprint, refund_of)
                        SELECT item, price, date, customer, reference, fingerprint, refund_of
                        FROM unnest(:items, :prices, :dates, :customers, :references, :fingerprints, :originals) WITH ORDINALITY
                            AS draft (item, price, date, customer, reference, fingerprint, refund_of, position)
                        ORDER BY reference, position ON CONFLICT (reference) DO NOTHING RETURNING\s""" + COLUMNS)
                        .bind("items", Columns.of(drafts, Draft::item, String[]::new))
                        .bind("prices", Columns.of(drafts, Draft::price, BigDecimal[]::new))
                        .bind("dates", Columns.of(drafts, Draft::date, LocalDate[]::new))
                        .bind("customers", Columns.of(drafts, Draft::customer, String[]::new))
                        .bind("references", Columns.of(drafts, Draft::reference, String[]::new))
                        .bind("fingerprints", Columns.of(drafts, Draft::fingerprint, String[]::new))
                        .bind("originals", Columns.of(drafts, Draft::refundOf, Long[]::new)))
                .flatMap(added -> {
                    var amount = added.stream().map(Transaction::price).reduce(BigDecimal.ZERO, BigDecimal::add);
                    return totals.add(TOTAL, added.size(), amount).thenReturn(byDraft(drafts, added));
                });
    }

    private static List<Optional<Transaction>> byDraft(List<Draft> drafts, List<Transaction> added) {
        var remaining = added.stream()
                .collect(Collectors.groupingBy(
                        transaction -> Optional.ofNullable(transaction.reference()),
                        Collectors.toCollection(ArrayDeque::new)));
        return drafts.stream()
                .map(draft -> Optional.ofNullable(remaining.get(Optional.ofNullable(draft.reference())))
                        .map(ArrayDeque::poll))
                .toList();
    }

    /**
     * Locks the transactions that these refunds need, in the order of their ids: those to refund, and those that have one of
     * the references.
     */
    Mono<List<Transaction>> lock(List<Refund> refunds) {
        return database.sql("SELECT " + COLUMNS + " FROM transactions"
                        + " WHERE id = ANY(:ids) OR reference = ANY(:references) ORDER BY id FOR UPDATE")
                .bind("ids", Columns.of(refunds, Refund::transactionId, Long[]::new))
                .bind("references", Columns.of(refunds, Refund::reference, String[]::new))
                .map(this::item)
                .all()
                .collectList();
    }

    /**
     * Writes the refunds and the transactions that they refund.
     *
     * @return the recorded refunds, in their order. Fails with a unique violation if another transaction has just taken a
     *     reference
     */
    Mono<List<Transaction>> write(LockedTransactions ledger) {
        if (ledger.refunds().isEmpty()) {
            return Mono.just(List.of());
        }
        var refunded = ledger.refundedTransactions();
        return database.sql("""
                        UPDATE transactions t SET refunded = r.refunded, version = r.version
                        FROM unnest(:ids, :amounts, :versions) AS r (id, refunded, version)
                        WHERE t.id = r.id
                        """)
                .bind("ids", Columns.of(refunded, Transaction::id, Long[]::new))
                .bind("amounts", Columns.of(refunded, Transaction::refunded, BigDecimal[]::new))
                .bind("versions", Columns.of(refunded, Transaction::version, Long[]::new))
                .then()
                .then(addAll(ledger.refunds()))
                .map(added -> added.stream().flatMap(Optional::stream).toList())
                .delayUntil(added -> SqlStates.requireAll(
                        added.size(), ledger.refunds().size(), "Another transaction has taken a reference"));
    }

    @Override
    protected Mono<Transaction> update(Transaction before, Transaction after) {
        return database.sql("""
                        UPDATE transactions SET item = :item, price = :price, date = :date, customer = :customer,
                            reference = :reference, version = version + 1
                        WHERE id = :id RETURNING\s""" + COLUMNS)
                .bind("id", before.id())
                .bind("item", after.item())
                .bind("price", after.price())
                .bind("date", after.date())
                .bind("customer", Parameters.in(R2dbcType.VARCHAR, after.customer()))
                .bind("reference", Parameters.in(R2dbcType.VARCHAR, after.reference()))
                .map(this::item)
                .one()
                .flatMap(changed -> totals.add(TOTAL, 0, after.price().subtract(before.price()))
                        .thenReturn(changed))
                .onErrorMap(DuplicateKeyException.class, duplicate -> referenceTaken(after.reference(), duplicate));
    }

    @Override
    protected Mono<Void> remove(Transaction transaction) {
        transaction.requireNoRefund();
        return super.remove(transaction)
                .then(totals.add(TOTAL, -1, transaction.price().negate()));
    }

    static ProblemException referenceTaken(@Nullable String reference, @Nullable Throwable cause) {
        return new ProblemException(
                ProblemCodeDto.REFERENCE_TAKEN,
                "A transaction with the reference \"" + reference
                        + "\" already exists. Read that transaction, or use another reference.",
                cause);
    }

    private static Conditions conditions(TransactionFilter filter) {
        return new Conditions()
                .and("reference = :reference", "reference", filter.reference())
                .and("date >= :from", "from", filter.from())
                .and("date < :to", "to", filter.to());
    }

    @Override
    protected Transaction item(Readable row) {
        return new Transaction(
                row.get("id", Long.class),
                row.get("item", String.class),
                row.get("price", BigDecimal.class),
                row.get("date", LocalDate.class),
                row.get("customer", String.class),
                row.get("reference", String.class),
                row.get("fingerprint", String.class),
                row.get("refunded", BigDecimal.class),
                row.get("refund_of", Long.class),
                row.get("version", Long.class));
    }
}
