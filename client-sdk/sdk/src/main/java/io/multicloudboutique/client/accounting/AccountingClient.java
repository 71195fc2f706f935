package io.multicloudboutique.client.accounting;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.Optional;

/**
 * The transactions, with the customers of the CRM. The methods are named after the contract's operations.
 * They throw a {@link BoutiqueException} when they fail. Thread-safe.
 */
public interface AccountingClient extends ServiceClient {

    /**
     * Lists the transactions, the latest day first, with their sum and what the CRM has. If the CRM does not answer,
     * the page says why.
     */
    default Pages<Transaction, TransactionPage> listTransactions() {
        return listTransactions(TransactionQuery.all());
    }

    /**
     * Lists the transactions, the latest day first, with their sum and what the CRM has. If the CRM does not answer,
     * the page says why.
     */
    Pages<Transaction, TransactionPage> listTransactions(TransactionQuery query);

    /**
     * Records a transaction. With a {@code reference} that another one has, it throws a
     * {@link ConflictException}.
     */
    Transaction createTransaction(NewTransaction transaction);

    /**
     * Records a transaction. With a {@code reference} that another one has, it throws a
     * {@link ConflictException}. With the same key and the same transaction, it has
     * one effect, however often it is called within 24 hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     */
    Transaction createTransaction(NewTransaction transaction, String idempotencyKey);

    /** Reads a transaction. */
    Transaction getTransaction(long id);

    /** Reads a transaction unless it still has this version; then the answer is empty. */
    Optional<Transaction> getTransaction(long id, String knownEtag);

    /** Changes what is set and leaves the rest. */
    Transaction updateTransaction(long id, TransactionChange change);

    /**
     * Changes what is set and leaves the rest, if nobody has changed it since: else it throws
     * {@link PreconditionFailedException}.
     */
    Transaction updateTransaction(long id, TransactionChange change, String etag);

    /** Deletes a transaction, and returns it as it was. Its reference can be used again. */
    Transaction deleteTransaction(long id);

    /** Like {@link #deleteTransaction(long)}, if nobody has changed it since. */
    Transaction deleteTransaction(long id, String etag);
}
