package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.accounting.api.DeletedTransactionDto;
import io.multicloudboutique.accounting.api.RefundDraftDto;
import io.multicloudboutique.accounting.api.TransactionChangeDto;
import io.multicloudboutique.accounting.api.TransactionDraftDto;
import io.multicloudboutique.accounting.api.TransactionDto;
import io.multicloudboutique.accounting.api.TransactionListDto;
import io.multicloudboutique.accounting.api.TransactionsApi;
import io.multicloudboutique.accounting.crm.CrmClient;
import io.multicloudboutique.accounting.ledger.Transaction.Draft;
import io.multicloudboutique.support.idempotency.Decision;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.idempotency.WriteLane;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class TransactionController implements TransactionsApi {

    private final TransactionRepository transactions;
    private final CrmClient crm;
    private final WriteLane<Draft> additions;
    private final WriteLane<Refund> refunds;

    TransactionController(
            TransactionRepository transactions, RefundService refundService, CrmClient crm, Idempotency idempotency) {
        this.transactions = transactions;
        this.crm = crm;
        additions = idempotency.lane(
                "transactions",
                drafts -> transactions
                        .addAll(drafts)
                        .map(added -> Decision.ofEach(drafts, added, TransactionController::created)));
        refunds = idempotency.lane(
                "refunds", refund -> 1, requested -> refundService.decide(requested, TransactionController::refunded));
    }

    @Override
    public Mono<ResponseEntity<TransactionListDto>> listTransactions(
            @Nullable String reference,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Integer limit,
            @Nullable String cursor) {
        var filter = new TransactionFilter(reference, from, to);
        return transactions
                .page(filter, PageRequest.of(limit, cursor, "listTransactions", reference, from, to))
                .zipWith(
                        crm.customers(),
                        (list, customers) -> list.page()
                                .answer(new TransactionListDto(
                                                list.page().items().stream()
                                                        .map(TransactionMapping::toDto)
                                                        .toList(),
                                                TransactionMapping.toDto(list.total()),
                                                TransactionMapping.toDto(customers))
                                        .nextCursor(list.page().nextCursor())))
                .flatMap(Function.identity());
    }

    @Override
    public Mono<ResponseEntity<TransactionDto>> createTransaction(
            Mono<TransactionDraftDto> transactionDraft, @Nullable String idempotencyKey) {
        return transactionDraft.flatMap(request ->
                additions.once(idempotencyKey, request, TransactionDto.class, TransactionMapping.draft(request)));
    }

    private static ResponseEntity<TransactionDto> created(Draft draft, @Nullable Transaction transaction) {
        if (transaction == null) {
            throw TransactionRepository.referenceTaken(draft.reference(), null);
        }
        return EntityTags.created(
                "transactions/" + transaction.id(), transaction.version(), TransactionMapping.toDto(transaction));
    }

    @Override
    public Mono<ResponseEntity<TransactionDto>> getTransaction(Long id, @Nullable String ifNoneMatch) {
        return transactions
                .find(id)
                .map(transaction ->
                        EntityTags.read(ifNoneMatch, transaction.version(), TransactionMapping.toDto(transaction)));
    }

    @Override
    public Mono<ResponseEntity<TransactionDto>> updateTransaction(
            Long id, Mono<TransactionChangeDto> transactionChange, @Nullable String ifMatch) {
        return transactionChange
                .map(TransactionMapping::draft)
                .flatMap(change -> transactions.change(id, ifMatch, transaction -> transaction.changed(change)))
                .map(TransactionController::response);
    }

    @Override
    public Mono<ResponseEntity<DeletedTransactionDto>> deleteTransaction(Long id, @Nullable String ifMatch) {
        return transactions
                .delete(id, ifMatch)
                .map(transaction -> ResponseEntity.ok(new DeletedTransactionDto(
                        "Transaction " + id + " was deleted.", TransactionMapping.toDto(transaction))));
    }

    @Override
    public Mono<ResponseEntity<TransactionDto>> refundTransaction(
            Long id, @Nullable String idempotencyKey, Mono<RefundDraftDto> refundDraft) {
        return refundDraft
                .defaultIfEmpty(new RefundDraftDto())
                .flatMap(request -> refunds.once(
                        idempotencyKey, request, TransactionDto.class, TransactionMapping.refund(id, request)));
    }

    private static ResponseEntity<TransactionDto> refunded(Transaction refund) {
        return EntityTags.created("../" + refund.id(), refund.version(), TransactionMapping.toDto(refund));
    }

    private static ResponseEntity<TransactionDto> response(Transaction transaction) {
        return EntityTags.ok(transaction.version(), TransactionMapping.toDto(transaction));
    }
}
