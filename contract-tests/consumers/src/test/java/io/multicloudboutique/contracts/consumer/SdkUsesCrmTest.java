package io.multicloudboutique.contracts.consumer;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonArray;
import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonArrayMinLike;
import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static au.com.dius.pact.consumer.dsl.Matchers.fromProviderState;
import static au.com.dius.pact.consumer.dsl.Matchers.regexp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.HttpInteractionBuilder;
import au.com.dius.pact.consumer.dsl.HttpRequestBuilder;
import au.com.dius.pact.consumer.dsl.HttpResponseBuilder;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.crm.Customer;
import io.multicloudboutique.client.crm.CustomerChange;
import io.multicloudboutique.client.crm.CustomerDraft;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.IdempotencyKeyReusedException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.errors.ServerException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({CommittedPacts.class, PactConsumerTestExt.class})
class SdkUsesCrmTest {

    private static final String KEY = "customer-1001";
    private static final String ETAG = "\"1\"";
    private static final String STALE = "\"0\"";
    private static final CustomerDraft DRAFT = CustomerDraft.of("Jane", "Smith").withEmail("jane@example.com");
    private static final CustomerDraft OTHER = CustomerDraft.of("John", "Doe");
    private static final CustomerChange CHANGE =
            CustomerChange.none().withName("Jane").withSurname("Smith").withEmail("jane@example.com");

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact pages(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the first page of the customers",
                        interaction -> two(interaction)
                                .withRequest(request ->
                                        Sdk.get(request).path("/customers").queryParameter("limit", "1"))
                                .willRespondWith(response ->
                                        page(response).header("Next-Cursor", regexp("[A-Za-z0-9_-]+", "Nw"))))
                .expectsToReceiveHttpInteraction(
                        "a request for the last page of the customers",
                        interaction -> two(interaction)
                                .withRequest(request -> Sdk.get(request)
                                        .path("/customers")
                                        .queryParameter("limit", "1")
                                        .queryParameter("cursor", fromProviderState("${cursor}", "Nw")))
                                .willRespondWith(response -> page(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "pages")
    void itReadsAllPages(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm().listCustomers(CustomerQuery.all().withPageSize(1)))
                    .hasSize(2);
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact filtered(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the customers with an email address",
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        Sdk.get(request).path("/customers").queryParameter("email", "jane@example.com"))
                                .willRespondWith(response -> page(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "filtered")
    void itReadsTheItemsThatMatch(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm().listCustomers(CustomerQuery.all().withEmail("jane@example.com")))
                    .containsExactly(customer(Optional.empty()));
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact none(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the customers of an empty list",
                        interaction -> interaction
                                .state("there are no customers")
                                .withRequest(request -> Sdk.get(request).path("/customers"))
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonArray(none -> {}).build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "none")
    void itReadsAnEmptyList(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm().listCustomers()).isEmpty();
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact created(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a customer",
                        interaction -> interaction
                                .state("there are no customers")
                                .withRequest(request -> Sdk.post(request)
                                        .path("/customers")
                                        .body(newJsonBody(SdkUsesCrmTest::draft).build()))
                                .willRespondWith(response -> customer(response, 201)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "created")
    void itAdds(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm().createCustomer(DRAFT)).isEqualTo(customer(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact createdBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a customer, repeated with its idempotency key",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.post(request, KEY)
                                        .path("/customers")
                                        .body(newJsonBody(SdkUsesCrmTest::draft).build()))
                                .willRespondWith(response -> customer(response, 201)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "createdBefore")
    void repeatingARequestWithItsKeyReturnsTheSameItem(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm()
                            .createCustomer(DRAFT, RequestOptions.none().withIdempotencyKey(KEY)))
                    .isEqualTo(customer(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact keyReused(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add another customer with the same idempotency key",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.post(request, KEY)
                                        .path("/customers")
                                        .body(newJsonBody(SdkUsesCrmTest::other).build()))
                                .willRespondWith(response -> Sdk.problem(response, 422, "idempotency-key-reused")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "keyReused")
    void itReadsThatAKeyIsReused(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThatThrownBy(() -> boutique.crm()
                            .createCustomer(OTHER, RequestOptions.none().withIdempotencyKey(KEY)))
                    .isInstanceOf(IdempotencyKeyReusedException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact read(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a customer",
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        Sdk.get(request).path(fromProviderState("/customers/${id}", "/customers/7")))
                                .willRespondWith(response -> customer(response, 200)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "read")
    void itReads(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm().getCustomer(7)).isEqualTo(customer(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact notModified(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a customer that has not changed",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.get(request)
                                        .path(fromProviderState("/customers/${id}", "/customers/7"))
                                        .header("If-None-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> response.status(304)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "notModified")
    void itReadsThatAnItemHasNotChanged(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm().getCustomerIfChanged(7, ETAG)).isEmpty();
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact notFound(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a customer that does not exist",
                        interaction -> interaction
                                .state("there are no customers")
                                .withRequest(request -> Sdk.get(request).path("/customers/7"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "notFound")
    void itReadsThatAnItemDoesNotExist(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThatThrownBy(() -> boutique.crm().getCustomer(7)).isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact changed(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a customer",
                        interaction -> one(interaction)
                                .withRequest(request -> change(Sdk.put(request))
                                        .path(fromProviderState("/customers/${id}", "/customers/7")))
                                .willRespondWith(response -> customer(response, 200)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changed")
    void itChanges(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm().updateCustomer(7, CHANGE)).isEqualTo(customer(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact changedIfMatch(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a customer that still has its version",
                        interaction -> one(interaction)
                                .withRequest(request -> change(Sdk.put(request))
                                        .path(fromProviderState("/customers/${id}", "/customers/7"))
                                        .header("If-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> customer(response, 200)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changedIfMatch")
    void itChangesAVersion(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm()
                            .updateCustomer(7, CHANGE, RequestOptions.none().withIfMatch(ETAG)))
                    .isEqualTo(customer(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact changedBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a customer that has changed",
                        interaction -> one(interaction)
                                .withRequest(request -> change(Sdk.put(request))
                                        .path(fromProviderState("/customers/${id}", "/customers/7"))
                                        .header("If-Match", STALE))
                                .willRespondWith(response -> Sdk.problem(response, 412, "precondition-failed")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changedBefore")
    void itReadsThatAnItemHasChanged(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThatThrownBy(() -> boutique.crm()
                            .updateCustomer(7, CHANGE, RequestOptions.none().withIfMatch(STALE)))
                    .isInstanceOf(PreconditionFailedException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact changeOfNone(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a customer that does not exist",
                        interaction -> interaction
                                .state("there are no customers")
                                .withRequest(request -> change(Sdk.put(request)).path("/customers/7"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changeOfNone")
    void itReadsThatAnItemToChangeDoesNotExist(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThatThrownBy(() -> boutique.crm().updateCustomer(7, CHANGE)).isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact deleted(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a customer",
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        Sdk.delete(request).path(fromProviderState("/customers/${id}", "/customers/7")))
                                .willRespondWith(response -> deleted(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deleted")
    void itDeletes(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm().deleteCustomer(7).item()).isEqualTo(customer(Optional.empty()));
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact deletedIfMatch(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a customer that still has its version",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.delete(request)
                                        .path(fromProviderState("/customers/${id}", "/customers/7"))
                                        .header("If-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> deleted(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletedIfMatch")
    void itDeletesAVersion(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThat(boutique.crm()
                            .deleteCustomer(7, RequestOptions.none().withIfMatch(ETAG))
                            .item())
                    .isEqualTo(customer(Optional.empty()));
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact deletionOfChanged(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a customer that has changed",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.delete(request)
                                        .path(fromProviderState("/customers/${id}", "/customers/7"))
                                        .header("If-Match", STALE))
                                .willRespondWith(response -> Sdk.problem(response, 412, "precondition-failed")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletionOfChanged")
    void itReadsThatAnItemToDeleteHasChanged(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThatThrownBy(() -> boutique.crm()
                            .deleteCustomer(7, RequestOptions.none().withIfMatch(STALE)))
                    .isInstanceOf(PreconditionFailedException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact deletionOfNone(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a customer that does not exist",
                        interaction -> interaction
                                .state("there are no customers")
                                .withRequest(request -> Sdk.delete(request).path("/customers/7"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletionOfNone")
    void itReadsThatAnItemToDeleteDoesNotExist(MockServer crm) {
        try (var boutique = boutique(crm)) {
            assertThatThrownBy(() -> boutique.crm().deleteCustomer(7)).isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact inProgress(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a customer, while the first request with its idempotency key is in progress",
                        interaction -> Sdk.inProgress(interaction.state("there are no customers"), "/customers", KEY)
                                .withRequest(request -> Sdk.post(request, KEY)
                                        .path("/customers")
                                        .body(newJsonBody(SdkUsesCrmTest::draft).build()))
                                .willRespondWith(
                                        response -> Sdk.temporaryProblem(response, 409, "request-in-progress")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "inProgress")
    void itReadsThatARequestIsInProgress(MockServer crm) {
        try (var boutique = boutique(crm)) {
            var conflict = catchThrowableOfType(
                    ConflictException.class,
                    () -> boutique.crm()
                            .createCustomer(DRAFT, RequestOptions.none().withIdempotencyKey(KEY)));

            assertThat(conflict.code()).isEqualTo(ProblemCode.REQUEST_IN_PROGRESS);
            assertThat(conflict.headers()).containsKey("retry-after");
        }
    }

    @Pact(consumer = "client-sdk", provider = "crm")
    V4Pact unavailable(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a customer, while the service is unavailable",
                        interaction -> interaction
                                .state("there are no customers")
                                .state("the database is unavailable")
                                .withRequest(request -> Sdk.post(request, KEY)
                                        .path("/customers")
                                        .body(newJsonBody(SdkUsesCrmTest::draft).build()))
                                .willRespondWith(response -> Sdk.temporaryProblem(response, 503, "unavailable")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "unavailable")
    void itReadsWhenToTryAgain(MockServer crm) {
        try (var boutique = boutique(crm)) {
            var failure = catchThrowableOfType(
                    ServerException.class,
                    () -> boutique.crm()
                            .createCustomer(DRAFT, RequestOptions.none().withIdempotencyKey(KEY)));

            assertThat(failure.code()).isEqualTo(ProblemCode.UNAVAILABLE);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
        }
    }

    /** A customer that was added with the key. */
    private static HttpInteractionBuilder one(HttpInteractionBuilder interaction) {
        return interaction.state(
                "there is a customer",
                Map.of("key", KEY, "name", "Jane", "surname", "Smith", "email", "jane@example.com"));
    }

    /** Two items, and the cursor that leads from the first page of one item to the second one. */
    private static HttpInteractionBuilder two(HttpInteractionBuilder interaction) {
        return one(interaction)
                .state(
                        "there is another customer",
                        Map.of("name", "Jane", "surname", "Smith", "email", "jane@example.com"));
    }

    private static void draft(LambdaDslObject draft) {
        draft.stringType("name", "Jane").stringType("surname", "Smith").stringType("email", "jane@example.com");
    }

    private static void other(LambdaDslObject draft) {
        draft.stringType("name", "John").stringType("surname", "Doe");
    }

    private static HttpRequestBuilder change(HttpRequestBuilder request) {
        return request.body(newJsonBody(change -> change.stringType("name", "Jane")
                        .stringType("surname", "Smith")
                        .stringType("email", "jane@example.com"))
                .build());
    }

    private static void customer(LambdaDslObject body) {
        body.integerType("id", 7);
        draft(body);
    }

    private static HttpResponseBuilder customer(HttpResponseBuilder response, int status) {
        return response.status(status)
                .header("ETag", regexp("\"[^\"]+\"", ETAG))
                .body(newJsonBody(SdkUsesCrmTest::customer).build());
    }

    private static HttpResponseBuilder page(HttpResponseBuilder response) {
        return response.status(200)
                .body(newJsonArrayMinLike(1, items -> items.object(SdkUsesCrmTest::customer))
                        .build());
    }

    private static HttpResponseBuilder deleted(HttpResponseBuilder response) {
        return response.status(200)
                .body(newJsonBody(body -> body.stringType("message", "Customer 7 was deleted.")
                                .object("item", SdkUsesCrmTest::customer))
                        .build());
    }

    private static Customer customer(Optional<String> etag) {
        return new Customer(7, "Jane", "Smith", Optional.of("jane@example.com"), etag, Map.of());
    }

    private static BoutiqueClient boutique(MockServer crm) {
        return Sdk.of(BoutiqueService.CRM, crm);
    }
}
