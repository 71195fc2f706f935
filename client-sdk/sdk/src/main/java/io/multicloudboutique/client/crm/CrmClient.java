package io.multicloudboutique.client.crm;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.Optional;

/**
 * The client for the CRM service, which manages customers. The methods are named after the operations in the contract.
 * They throw a {@link BoutiqueException} if a call fails. Thread-safe.
 */
public interface CrmClient extends ServiceClient {

    /** Lists all customers, newest first. */
    default Pages<Customer, Page<Customer>> listCustomers() {
        return listCustomers(CustomerQuery.all());
    }

    /** Lists the customers that match the query, newest first. */
    Pages<Customer, Page<Customer>> listCustomers(CustomerQuery query);

    /** Adds a customer. */
    Customer createCustomer(CustomerDraft customer);

    /**
     * Adds a customer. Calls with the same key and the same customer take effect once within 24 hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     */
    Customer createCustomer(CustomerDraft customer, String idempotencyKey);

    /** Reads a customer. */
    Customer getCustomer(long id);

    /**
     * Reads a customer, or returns {@code Optional.empty()} if the customer still has the version {@code knownEtag}.
     */
    Optional<Customer> getCustomer(long id, String knownEtag);

    /** Changes the fields that are set in {@code change}. The other fields keep their values. */
    Customer updateCustomer(long id, CustomerChange change);

    /**
     * Changes the fields that are set in {@code change}, if the customer still has the version {@code etag}. The other
     * fields keep their values.
     *
     * @throws PreconditionFailedException if the customer has changed since that version; nothing is overwritten
     */
    Customer updateCustomer(long id, CustomerChange change, String etag);

    /** Deletes a customer and returns its last state. */
    Customer deleteCustomer(long id);

    /**
     * Deletes a customer and returns its last state, if the customer still has the version {@code etag}.
     *
     * @throws PreconditionFailedException if the customer has changed since that version
     */
    Customer deleteCustomer(long id, String etag);
}
