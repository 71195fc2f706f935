package io.multicloudboutique.client.crm;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.Optional;

/**
 * The customers. The methods are named after the contract's operations.
 * They throw a {@link BoutiqueException} when they fail. Thread-safe.
 */
public interface CrmClient extends ServiceClient {

    /** Lists the customers, newest first. */
    default Pages<Customer, Page<Customer>> listCustomers() {
        return listCustomers(CustomerQuery.all());
    }

    /** Lists the customers, newest first. */
    Pages<Customer, Page<Customer>> listCustomers(CustomerQuery query);

    /** Adds a customer. */
    Customer createCustomer(NewCustomer customer);

    /**
     * Adds a customer. With the same key and the same customer, it has one effect, however often it is called within 24
     * hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     */
    Customer createCustomer(NewCustomer customer, String idempotencyKey);

    /** Reads a customer. */
    Customer getCustomer(long id);

    /** Reads a customer unless it still has this version; then the answer is empty. */
    Optional<Customer> getCustomer(long id, String knownEtag);

    /** Changes what is set and leaves the rest. */
    Customer updateCustomer(long id, CustomerChange change);

    /**
     * Changes what is set and leaves the rest, if nobody has changed it since: else it throws
     * {@link PreconditionFailedException}.
     */
    Customer updateCustomer(long id, CustomerChange change, String etag);

    /** Removes a customer, and returns it as it was. */
    Customer deleteCustomer(long id);

    /** Like {@link #deleteCustomer(long)}, if nobody has changed it since. */
    Customer deleteCustomer(long id, String etag);
}
