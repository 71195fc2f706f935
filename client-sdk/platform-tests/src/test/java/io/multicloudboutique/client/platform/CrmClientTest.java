package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.crm.CrmClient;
import io.multicloudboutique.client.crm.Customer;
import io.multicloudboutique.client.crm.CustomerChange;
import io.multicloudboutique.client.crm.CustomerDraft;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SharedPlatform
class CrmClientTest {

    @RegisterExtension
    static final Recorded<CrmClient> RECORDED = Recorded.of(CrmClient.class);

    private final CrmClient crm;

    CrmClientTest(Platform platform) {
        crm = RECORDED.around(platform.client().crm());
    }

    @Test
    void theServiceIsHealthy() {
        Healths.assertHealthy(crm, "crm");
    }

    @Test
    void aCustomerIsCreated() {
        var customer = crm.createCustomer(CustomerDraft.of("Ann", "Lee").withEmail("ann+added@example.com"));
        assertThat(customer.name()).isEqualTo("Ann");
        assertThat(customer.surname()).isEqualTo("Lee");
        assertThat(customer.email()).contains("ann+added@example.com");
        assertThat(customer.etag()).isPresent();
        assertThat(crm.getCustomer(customer.id())).isEqualTo(customer);
        assertThat(crm.createCustomer(CustomerDraft.of("Ann", "Lee")).email()).isEmpty();
    }

    @Test
    void theSameKeyCreatesOnce() {
        var customer = CustomerDraft.of("Ann", "Lee").withEmail("ann+once@example.com");
        var first = crm.createCustomer(customer, RequestOptions.none().withIdempotencyKey("sdk-once"));
        assertThat(crm.createCustomer(customer, RequestOptions.none().withIdempotencyKey("sdk-once")))
                .isEqualTo(first);
        assertThat(crm.listCustomers(CustomerQuery.all().withEmail("ann+once@example.com")))
                .hasSize(1);
    }

    @Test
    void anUnchangedItemIsNotSentAgain() {
        var customer = crm.createCustomer(CustomerDraft.of("Ann", "Lee"));
        var etag = customer.etag().orElseThrow();
        assertThat(crm.getCustomerIfChanged(customer.id(), etag)).isEmpty();
        var changed = crm.updateCustomer(customer.id(), CustomerChange.none().withName("Anna"));
        assertThat(crm.getCustomerIfChanged(customer.id(), etag)).contains(changed);
    }

    @Test
    void omittedFieldsKeepTheirValues() {
        var customer = crm.createCustomer(CustomerDraft.of("Ann", "Lee").withEmail("ann@example.com"));
        var changed = crm.updateCustomer(customer.id(), CustomerChange.none().withSurname("Li"));
        assertThat(changed.name()).isEqualTo("Ann");
        assertThat(changed.surname()).isEqualTo("Li");
        assertThat(changed.email()).contains("ann@example.com");
        assertThat(crm.getCustomer(customer.id())).isEqualTo(changed);
        assertThat(crm.updateCustomer(customer.id(), CustomerChange.none().withEmail(""))
                        .email())
                .isEmpty();
    }

    @Test
    void aChangeOfAnOldVersionIsRejected() {
        var first = crm.createCustomer(CustomerDraft.of("Ann", "Lee"));
        var second = crm.updateCustomer(
                first.id(),
                CustomerChange.none().withName("Anna"),
                RequestOptions.none().withIfMatch(etag(first)));
        assertThat(second.name()).isEqualTo("Anna");
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> crm.updateCustomer(
                        first.id(),
                        CustomerChange.none().withName("Bea"),
                        RequestOptions.none().withIfMatch(etag(first))));
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() ->
                        crm.deleteCustomer(first.id(), RequestOptions.none().withIfMatch(etag(first))));
        assertThat(crm.getCustomer(first.id())).isEqualTo(second);
        crm.deleteCustomer(first.id(), RequestOptions.none().withIfMatch(etag(second)));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> crm.getCustomer(first.id()));
    }

    @Test
    void deletingACustomerReturnsIt() {
        var customer = crm.createCustomer(CustomerDraft.of("Ann", "Lee").withEmail("ann@example.com"));
        assertThat(crm.deleteCustomer(customer.id()).item())
                .isEqualTo(new Customer(
                        customer.id(), "Ann", "Lee", Optional.of("ann@example.com"), Optional.empty(), Map.of()));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> crm.deleteCustomer(customer.id()));
    }

    @Test
    void pagesStartWithTheNewestCustomer() {
        var email = "ann+pages@example.com";
        var names = List.of("A", "B", "C", "D", "E");
        names.forEach(name -> crm.createCustomer(CustomerDraft.of(name, "Lee").withEmail(email)));
        var pages = crm.listCustomers(CustomerQuery.all().withEmail(email).withPageSize(2));
        assertThat(pages).extracting(Customer::name).containsExactly("E", "D", "C", "B", "A");
        assertThat(pages.pages()).extracting(page -> page.items().size()).containsExactly(2, 2, 1);
        assertThat(crm.listCustomers().stream().map(Customer::name).limit(5)).containsExactly("E", "D", "C", "B", "A");
        assertThat(crm.listCustomers()).extracting(Customer::surname).contains("Doe", "Smith");
    }

    @Test
    void customersAreFoundByTheBeginningOfTheirWords() {
        var customer = crm.createCustomer(CustomerDraft.of("Sdksearch", "Lee").withEmail("found@example.com"));
        assertThat(crm.listCustomers(CustomerQuery.all().withSearchText("lee SDKSEA found")))
                .extracting(Customer::id)
                .containsExactly(customer.id());
        assertThat(crm.listCustomers(CustomerQuery.all().withSearchText("sdksearch doe")))
                .isEmpty();
    }

    private static String etag(Customer customer) {
        return customer.etag().orElseThrow();
    }
}
