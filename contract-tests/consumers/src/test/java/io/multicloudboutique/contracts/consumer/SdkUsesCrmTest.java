package io.multicloudboutique.contracts.consumer;

import au.com.dius.pact.consumer.junit5.PactTestFor;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.crm.Customer;
import io.multicloudboutique.client.crm.CustomerChange;
import io.multicloudboutique.client.crm.CustomerDraft;
import io.multicloudboutique.client.crm.CustomerQuery;
import java.util.Map;
import java.util.Optional;

@PactTestFor(providerName = "crm")
class SdkUsesCrmTest extends ItemPacts<Customer, CustomerDraft> {

    SdkUsesCrmTest() {
        super(
                BoutiqueService.CRM,
                "/customers",
                "customer",
                new Filter("with an email address", "email", "jane@example.com"),
                "customer-1001",
                CustomerDraft.of("Jane", "Smith").withEmail("jane@example.com"),
                Map.of("name", "Jane", "surname", "Smith", "email", "jane@example.com"),
                CustomerDraft.of("John", "Doe"),
                Map.of("name", "John", "surname", "Doe"));
    }

    @Override
    protected Iterable<Customer> list(BoutiqueClient boutique) {
        return boutique.crm().listCustomers();
    }

    @Override
    protected Iterable<Customer> list(BoutiqueClient boutique, int pageSize) {
        return boutique.crm().listCustomers(CustomerQuery.all().withPageSize(pageSize));
    }

    @Override
    protected Iterable<Customer> listMatching(BoutiqueClient boutique) {
        return boutique.crm().listCustomers(CustomerQuery.all().withEmail("jane@example.com"));
    }

    @Override
    protected Customer create(BoutiqueClient boutique, CustomerDraft draft, RequestOptions options) {
        return boutique.crm().createCustomer(draft, options);
    }

    @Override
    protected Customer get(BoutiqueClient boutique) {
        return boutique.crm().getCustomer(7);
    }

    @Override
    protected Optional<Customer> getIfChanged(BoutiqueClient boutique, String etag) {
        return boutique.crm().getCustomerIfChanged(7, etag);
    }

    @Override
    protected Customer update(BoutiqueClient boutique, RequestOptions options) {
        return boutique.crm()
                .updateCustomer(
                        7,
                        CustomerChange.none()
                                .withName("Jane")
                                .withSurname("Smith")
                                .withEmail("jane@example.com"),
                        options);
    }

    @Override
    protected Customer delete(BoutiqueClient boutique, RequestOptions options) {
        return boutique.crm().deleteCustomer(7, options).item();
    }

    @Override
    protected Customer item(Optional<String> etag) {
        return new Customer(7, "Jane", "Smith", Optional.of("jane@example.com"), etag, Map.of());
    }
}
