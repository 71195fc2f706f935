package io.multicloudboutique.contracts.consumer;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonArray;
import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonArrayMinLike;
import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.HttpRequestBuilder;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.accounting.crm.CrmClient;
import io.multicloudboutique.accounting.crm.CrmCustomer;
import io.multicloudboutique.accounting.crm.CrmSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({CommittedPacts.class, PactConsumerTestExt.class})
class AccountingReadsCrmTest {

    @Pact(consumer = "accounting", provider = "crm")
    V4Pact customers(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the newest customers",
                        interaction -> interaction
                                .state("there is a customer", Map.of("name", "Jane", "surname", "Smith"))
                                .withRequest(AccountingReadsCrmTest::newestCustomers)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonArrayMinLike(
                                                        1,
                                                        customers -> customers.object(
                                                                customer -> customer.stringType("name", "Jane")
                                                                        .stringType("surname", "Smith")))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "customers")
    void itReadsTheNewestCustomers(MockServer crm) {
        assertThat(readCustomers(crm)).containsExactly(new CrmCustomer("Jane", "Smith"));
    }

    @Pact(consumer = "accounting", provider = "crm")
    V4Pact noCustomers(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the newest customers of an empty CRM",
                        interaction -> interaction
                                .state("there are no customers")
                                .withRequest(AccountingReadsCrmTest::newestCustomers)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonArray(customers -> {}).build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "noCustomers")
    void itReadsAnEmptyList(MockServer crm) {
        assertThat(readCustomers(crm)).isEmpty();
    }

    private static HttpRequestBuilder newestCustomers(HttpRequestBuilder request) {
        return request.method("GET")
                .path("/customers")
                .queryParameter("limit", "50")
                .header("Accept", "application/json");
    }

    private static List<CrmCustomer> readCustomers(MockServer crm) {
        var settings = new CrmSettings(new CrmSettings.Service(URI.create(crm.getUrl())), new CrmSettings.Api(null));
        return Asking.patiently(new CrmClient(settings, new SimpleMeterRegistry()).customers());
    }
}
