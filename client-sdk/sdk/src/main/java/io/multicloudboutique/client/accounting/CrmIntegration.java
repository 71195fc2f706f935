package io.multicloudboutique.client.accounting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which customers the CRM had when the list was made.
 *
 * @param connected whether the CRM answered
 * @param customers its 50 newest customers, newest first; empty if it did not answer
 * @param message why there are no customers; present if the CRM did not answer
 * @param timestamp when
 */
public record CrmIntegration(
        boolean connected, List<CrmCustomer> customers, Optional<String> message, Instant timestamp) {
    /** Copies the lists. */
    public CrmIntegration {
        customers = List.copyOf(customers);
    }
}
