package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.accounting.api.DeletedTransaction;
import io.multicloudboutique.accounting.api.NewTransaction;
import io.multicloudboutique.accounting.api.Transaction;
import io.multicloudboutique.accounting.api.TransactionChange;
import io.multicloudboutique.accounting.api.TransactionList;
import io.multicloudboutique.accounting.api.TransactionsApi;
import io.multicloudboutique.accounting.crm.CrmClient;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class TransactionController implements TransactionsApi {

    private final Ledger ledger;
    private final CrmClient crm;
    private final Idempotency idempotency;

    TransactionController(Ledger ledger, CrmClient crm, Idempotency idempotency) {
        this.ledger = ledger;
        this.crm = crm;
        this.idempotency = idempotency;
    }

    @Override
    public Mono<ResponseEntity<TransactionList>> listTransactions(
            @Nullable String reference,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Integer limit,
            @Nullable String cursor) {
        var filter = new TransactionFilter(reference, from, to);
        return Mono.zip(ledger.page(filter, PageRequest.of(limit, cursor)), ledger.total(filter), crm.customers())
                .flatMap(found -> found.getT1()
                        .answer(new TransactionList(
                                found.getT1().items().stream()
                                        .map(TransactionMapping::toApi)
                                        .toList(),
                                TransactionMapping.toApi(found.getT2()),
                                TransactionMapping.toApi(found.getT3()))));
    }

    @Override
    public Mono<ResponseEntity<Transaction>> createTransaction(
            Mono<NewTransaction> newTransaction, @Nullable String idempotencyKey) {
        return newTransaction.flatMap(request -> idempotency.once(
                idempotencyKey,
                request,
                Transaction.class,
                () -> ledger.add(TransactionMapping.draft(request))
                        .map(transaction -> EntityTags.created(
                                "transactions/" + transaction.id(),
                                transaction.version(),
                                TransactionMapping.toApi(transaction)))));
    }

    @Override
    public Mono<ResponseEntity<Transaction>> getTransaction(Long id, @Nullable String ifNoneMatch) {
        return ledger.find(id).map(TransactionController::answer);
    }

    @Override
    public Mono<ResponseEntity<Transaction>> updateTransaction(
            Long id, Mono<TransactionChange> transactionChange, @Nullable String ifMatch) {
        return transactionChange
                .map(TransactionMapping::draft)
                .flatMap(change -> ledger.change(id, ifMatch, transaction -> transaction.changed(change)))
                .map(TransactionController::answer);
    }

    @Override
    public Mono<ResponseEntity<DeletedTransaction>> deleteTransaction(Long id, @Nullable String ifMatch) {
        return ledger.delete(id, ifMatch)
                .map(transaction -> ResponseEntity.ok(new DeletedTransaction(
                        "Transaction " + id + " was deleted.", TransactionMapping.toApi(transaction))));
    }

    private static ResponseEntity<Transaction> answer(io.multicloudboutique.accounting.ledger.Transaction transaction) {
        return EntityTags.ok(transaction.version(), TransactionMapping.toApi(transaction));
    }
}
