package io.multicloudboutique.client.accounting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The newest customers of the CRM, or the reason why they are missing. Immutable.
 *
 * @param connected whether the CRM returned its customers
 * @param customers the 50 newest customers, newest first; empty if {@code connected} is false
 * @param message the reason why the customers are missing; present if {@code connected} is false
 * @param timestamp the time at which accounting requested the customers
 */
public record CrmIntegration(
        boolean connected, List<CrmCustomer> customers, Optional<String> message, Instant timestamp) {
    /** Copies the list, so that the record is immutable. */
    public CrmIntegration {
        customers = List.copyOf(customers);
    }
}
