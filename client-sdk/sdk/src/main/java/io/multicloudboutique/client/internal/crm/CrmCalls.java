package io.multicloudboutique.client.internal.crm;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.crm.CrmClient;
import io.multicloudboutique.client.crm.Customer;
import io.multicloudboutique.client.crm.CustomerChange;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.crm.NewCustomer;
import io.multicloudboutique.client.internal.http.Calls;
import io.multicloudboutique.client.internal.http.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls the CRM. Thread-safe. */
public final class CrmCalls extends Calls implements CrmClient {

    private final CustomersApi api;

    public CrmCalls(Connection connection) {
        super(connection);
        api = connection.api(CustomersApi.class);
    }

    @Override
    public Pages<Customer, Page<Customer>> listCustomers(CustomerQuery query) {
        return list(
                cursor -> api.listCustomers(
                        query.email().orElse(null), query.pageSize().orElse(null), cursor),
                CrmMapping::customer);
    }

    @Override
    public Customer createCustomer(NewCustomer customer) {
        return create(customer, null);
    }

    @Override
    public Customer createCustomer(NewCustomer customer, String idempotencyKey) {
        return create(customer, key(idempotencyKey));
    }

    private Customer create(NewCustomer customer, @Nullable String key) {
        return item(() -> api.createCustomer(CrmMapping.wire(customer), key), CrmMapping::customer);
    }

    @Override
    public Customer getCustomer(long id) {
        return item(() -> api.getCustomer(id, null), CrmMapping::customer);
    }

    @Override
    public Optional<Customer> getCustomer(long id, String knownEtag) {
        return itemIfChanged(() -> api.getCustomer(id, etag(knownEtag)), CrmMapping::customer);
    }

    @Override
    public Customer updateCustomer(long id, CustomerChange change) {
        return update(id, change, null);
    }

    @Override
    public Customer updateCustomer(long id, CustomerChange change, String etag) {
        return update(id, change, etag(etag));
    }

    private Customer update(long id, CustomerChange change, @Nullable String etag) {
        return item(() -> api.updateCustomer(id, CrmMapping.wire(change), etag), CrmMapping::customer);
    }

    @Override
    public Customer deleteCustomer(long id) {
        return delete(id, null);
    }

    @Override
    public Customer deleteCustomer(long id, String etag) {
        return delete(id, etag(etag));
    }

    private Customer delete(long id, @Nullable String etag) {
        return answer(() -> api.deleteCustomer(id, etag), CrmMapping::customer);
    }
}
