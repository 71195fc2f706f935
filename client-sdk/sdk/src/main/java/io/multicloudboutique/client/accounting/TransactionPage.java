package io.multicloudboutique.client.accounting;

import io.multicloudboutique.client.Page;
import java.util.List;

/**
 * A page of the transactions.
 *
 * @param items the transactions of this page, the latest day first
 * @param summary the sum of all that the query matches
 * @param crmIntegration which customers the CRM had
 */
public record TransactionPage(List<Transaction> items, TransactionSummary summary, CrmIntegration crmIntegration)
        implements Page<Transaction> {
    /** Copies the lists. */
    public TransactionPage {
        items = List.copyOf(items);
    }
}
