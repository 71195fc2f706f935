package io.multicloudboutique.client.accounting;

import io.multicloudboutique.client.Page;
import java.util.List;

/**
 * A page of transactions. Immutable.
 *
 * @param items the transactions of this page, the latest date first
 * @param summary the summary of all transactions that match the query, on all pages
 * @param crmIntegration the newest customers of the CRM, or the reason why they are missing
 */
public record TransactionPage(List<Transaction> items, TransactionSummary summary, CrmIntegration crmIntegration)
        implements Page<Transaction> {
    /** Copies the list, so that the record is immutable. */
    public TransactionPage {
        items = List.copyOf(items);
    }
}
