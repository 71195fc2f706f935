package io.multicloudboutique.client.internal.accounting;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.accounting.AccountingClient;
import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.accounting.TransactionChange;
import io.multicloudboutique.client.accounting.TransactionDraft;
import io.multicloudboutique.client.accounting.TransactionPage;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.internal.http.Calls;
import io.multicloudboutique.client.internal.http.Connection;
import java.util.Optional;

/** Implements the client for accounting with the generated Feign interface. Thread-safe. */
public final class AccountingCalls extends Calls implements AccountingClient {

    private final TransactionsApi api;

    public AccountingCalls(Connection connection) {
        super(connection);
        api = connection.api(TransactionsApi.class);
    }

    @Override
    public Pages<Transaction, TransactionPage> listTransactions(TransactionQuery query) {
        return pages(
                cursor -> api.listTransactions(
                        query.reference().orElse(null),
                        query.from().orElse(null),
                        query.to().orElse(null),
                        query.pageSize().orElse(null),
                        cursor,
                        blocking()),
                AccountingMapping::page);
    }

    @Override
    public Transaction createTransaction(TransactionDraft transaction) {
        return item(
                () -> api.createTransaction(AccountingMapping.wire(transaction), null, blocking()),
                AccountingMapping::transaction);
    }

    @Override
    public Transaction createTransaction(TransactionDraft transaction, String idempotencyKey) {
        return item(
                () -> api.createTransaction(AccountingMapping.wire(transaction), key(idempotencyKey), blocking()),
                AccountingMapping::transaction);
    }

    @Override
    public Transaction getTransaction(long id) {
        return item(() -> api.getTransaction(id, null, blocking()), AccountingMapping::transaction);
    }

    @Override
    public Optional<Transaction> getTransaction(long id, String knownEtag) {
        return itemIfChanged(() -> api.getTransaction(id, etag(knownEtag), blocking()), AccountingMapping::transaction);
    }

    @Override
    public Transaction updateTransaction(long id, TransactionChange change) {
        return item(
                () -> api.updateTransaction(id, AccountingMapping.wire(change), null, blocking()),
                AccountingMapping::transaction);
    }

    @Override
    public Transaction updateTransaction(long id, TransactionChange change, String etag) {
        return item(
                () -> api.updateTransaction(id, AccountingMapping.wire(change), etag(etag), blocking()),
                AccountingMapping::transaction);
    }

    @Override
    public Transaction deleteTransaction(long id) {
        return answer(() -> api.deleteTransaction(id, null, blocking()), AccountingMapping::transaction);
    }

    @Override
    public Transaction deleteTransaction(long id, String etag) {
        return answer(() -> api.deleteTransaction(id, etag(etag), blocking()), AccountingMapping::transaction);
    }
}
