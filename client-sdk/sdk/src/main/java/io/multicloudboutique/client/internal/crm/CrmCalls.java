package io.multicloudboutique.client.internal.crm;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.crm.CrmClient;
import io.multicloudboutique.client.crm.Customer;
import io.multicloudboutique.client.crm.CustomerChange;
import io.multicloudboutique.client.crm.CustomerDraft;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.internal.http.Calls;
import io.multicloudboutique.client.internal.http.Connection;
import java.util.Optional;

/** Implements the client for the CRM with the generated Feign interface. Thread-safe. */
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
                        query.email().orElse(null), query.pageSize().orElse(null), cursor, blocking()),
                CrmMapping::customer);
    }

    @Override
    public Customer createCustomer(CustomerDraft customer) {
        return item(() -> api.createCustomer(CrmMapping.wire(customer), null, blocking()), CrmMapping::customer);
    }

    @Override
    public Customer createCustomer(CustomerDraft customer, String idempotencyKey) {
        return item(
                () -> api.createCustomer(CrmMapping.wire(customer), key(idempotencyKey), blocking()),
                CrmMapping::customer);
    }

    @Override
    public Customer getCustomer(long id) {
        return item(() -> api.getCustomer(id, null, blocking()), CrmMapping::customer);
    }

    @Override
    public Optional<Customer> getCustomer(long id, String knownEtag) {
        return itemIfChanged(() -> api.getCustomer(id, etag(knownEtag), blocking()), CrmMapping::customer);
    }

    @Override
    public Customer updateCustomer(long id, CustomerChange change) {
        return item(() -> api.updateCustomer(id, CrmMapping.wire(change), null, blocking()), CrmMapping::customer);
    }

    @Override
    public Customer updateCustomer(long id, CustomerChange change, String etag) {
        return item(
                () -> api.updateCustomer(id, CrmMapping.wire(change), etag(etag), blocking()), CrmMapping::customer);
    }

    @Override
    public Customer deleteCustomer(long id) {
        return answer(() -> api.deleteCustomer(id, null, blocking()), CrmMapping::customer);
    }

    @Override
    public Customer deleteCustomer(long id, String etag) {
        return answer(() -> api.deleteCustomer(id, etag(etag), blocking()), CrmMapping::customer);
    }
}
