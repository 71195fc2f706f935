package io.multicloudboutique.client.accounting;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.Optional;

/**
 * The client for the accounting service, which manages transactions and lists them with customers of the CRM. The
 * methods are named after the operations in the contract. They throw a {@link BoutiqueException} if a call fails.
 * Thread-safe.
 */
public interface AccountingClient extends ServiceClient {

    /**
     * Lists all transactions, the latest date first, with their summary and the newest customers of the CRM. If the CRM
     * does not respond, the page contains the reason instead of the customers.
     */
    default Pages<Transaction, TransactionPage> listTransactions() {
        return listTransactions(TransactionQuery.all());
    }

    /**
     * Lists the transactions that match the query, the latest date first, with their summary and the newest customers
     * of the CRM. If the CRM does not respond, the page contains the reason instead of the customers.
     */
    Pages<Transaction, TransactionPage> listTransactions(TransactionQuery query);

    /**
     * Records a transaction.
     *
     * @throws ConflictException if another transaction has the same {@code reference}
     */
    Transaction createTransaction(TransactionDraft transaction);

    /**
     * Records a transaction. Calls with the same key and the same transaction take effect once within 24 hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     * @throws ConflictException if another transaction has the same {@code reference}
     */
    Transaction createTransaction(TransactionDraft transaction, String idempotencyKey);

    /** Reads a transaction. */
    Transaction getTransaction(long id);

    /**
     * Reads a transaction, or returns {@code Optional.empty()} if the transaction still has the version
     * {@code knownEtag}.
     */
    Optional<Transaction> getTransaction(long id, String knownEtag);

    /** Changes the fields that are set in {@code change}. The other fields keep their values. */
    Transaction updateTransaction(long id, TransactionChange change);

    /**
     * Changes the fields that are set in {@code change}, if the transaction still has the version {@code etag}. The
     * other fields keep their values.
     *
     * @throws PreconditionFailedException if the transaction has changed since that version; nothing is overwritten
     */
    Transaction updateTransaction(long id, TransactionChange change, String etag);

    /** Deletes a transaction and returns its last state. Another transaction can then use the same reference. */
    Transaction deleteTransaction(long id);

    /**
     * Deletes a transaction and returns its last state, if the transaction still has the version {@code etag}.
     *
     * @throws PreconditionFailedException if the transaction has changed since that version
     */
    Transaction deleteTransaction(long id, String etag);
}
