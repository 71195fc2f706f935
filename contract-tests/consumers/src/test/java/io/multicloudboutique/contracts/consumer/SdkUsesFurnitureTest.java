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
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.IdempotencyKeyReusedException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.errors.ServerException;
import io.multicloudboutique.client.furniture.FurnitureItem;
import io.multicloudboutique.client.furniture.FurnitureItemChange;
import io.multicloudboutique.client.furniture.FurnitureItemDraft;
import io.multicloudboutique.client.furniture.FurnitureItemQuery;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({CommittedPacts.class, PactConsumerTestExt.class})
class SdkUsesFurnitureTest {

    private static final String KEY = "item-1001";
    private static final String ETAG = "\"1\"";
    private static final String STALE = "\"0\"";
    private static final BigDecimal PRICE = new BigDecimal("299.99");
    private static final FurnitureItemDraft DRAFT =
            FurnitureItemDraft.of("Oak Desk", "Office", PRICE).withProductId("OAKDESK001");
    private static final FurnitureItemDraft OTHER = FurnitureItemDraft.of("Modern Chair", "Kitchen", PRICE);
    private static final FurnitureItemChange CHANGE = FurnitureItemChange.none()
            .withName("Oak Desk")
            .withCategory("Office")
            .withPrice(PRICE)
            .withProductId("OAKDESK001");

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact pages(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the first page of the furniture items",
                        interaction -> two(interaction)
                                .withRequest(request ->
                                        Sdk.get(request).path("/furniture").queryParameter("limit", "1"))
                                .willRespondWith(response ->
                                        page(response).header("Next-Cursor", regexp("[A-Za-z0-9_-]+", "Nw"))))
                .expectsToReceiveHttpInteraction(
                        "a request for the last page of the furniture items",
                        interaction -> two(interaction)
                                .withRequest(request -> Sdk.get(request)
                                        .path("/furniture")
                                        .queryParameter("limit", "1")
                                        .queryParameter("cursor", fromProviderState("${cursor}", "Nw")))
                                .willRespondWith(response -> page(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "pages")
    void itReadsAllPages(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture()
                            .listFurnitureItems(FurnitureItemQuery.all().withPageSize(1)))
                    .hasSize(2);
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact filtered(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the furniture items of a category",
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        Sdk.get(request).path("/furniture").queryParameter("category", "Office"))
                                .willRespondWith(response -> page(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "filtered")
    void itReadsTheItemsThatMatch(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture()
                            .listFurnitureItems(FurnitureItemQuery.all().withCategory("Office")))
                    .containsExactly(item(Optional.empty()));
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact none(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the furniture items of an empty list",
                        interaction -> interaction
                                .state("there are no furniture items")
                                .withRequest(request -> Sdk.get(request).path("/furniture"))
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonArray(none -> {}).build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "none")
    void itReadsAnEmptyList(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture().listFurnitureItems()).isEmpty();
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact created(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a furniture item",
                        interaction -> interaction
                                .state("there are no furniture items")
                                .withRequest(request -> Sdk.post(request)
                                        .path("/furniture")
                                        .body(newJsonBody(SdkUsesFurnitureTest::draft)
                                                .build()))
                                .willRespondWith(response -> item(response, 201)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "created")
    void itAdds(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture().createFurnitureItem(DRAFT)).isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact createdBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a furniture item, repeated with its idempotency key",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.post(request, KEY)
                                        .path("/furniture")
                                        .body(newJsonBody(SdkUsesFurnitureTest::draft)
                                                .build()))
                                .willRespondWith(response -> item(response, 201)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "createdBefore")
    void repeatingARequestWithItsKeyReturnsTheSameItem(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture()
                            .createFurnitureItem(DRAFT, RequestOptions.none().withIdempotencyKey(KEY)))
                    .isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact keyReused(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add another furniture item with the same idempotency key",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.post(request, KEY)
                                        .path("/furniture")
                                        .body(newJsonBody(SdkUsesFurnitureTest::other)
                                                .build()))
                                .willRespondWith(response -> Sdk.problem(response, 422, "idempotency-key-reused")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "keyReused")
    void itReadsThatAKeyIsReused(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThatThrownBy(() -> boutique.furniture()
                            .createFurnitureItem(OTHER, RequestOptions.none().withIdempotencyKey(KEY)))
                    .isInstanceOf(IdempotencyKeyReusedException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact read(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a furniture item",
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        Sdk.get(request).path(fromProviderState("/furniture/${id}", "/furniture/7")))
                                .willRespondWith(response -> item(response, 200)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "read")
    void itReads(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture().getFurnitureItem(7)).isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact notModified(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a furniture item that has not changed",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.get(request)
                                        .path(fromProviderState("/furniture/${id}", "/furniture/7"))
                                        .header("If-None-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> response.status(304)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "notModified")
    void itReadsThatAnItemHasNotChanged(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture().getFurnitureItemIfChanged(7, ETAG)).isEmpty();
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact notFound(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a furniture item that does not exist",
                        interaction -> interaction
                                .state("there are no furniture items")
                                .withRequest(request -> Sdk.get(request).path("/furniture/7"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "notFound")
    void itReadsThatAnItemDoesNotExist(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThatThrownBy(() -> boutique.furniture().getFurnitureItem(7)).isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact changed(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a furniture item",
                        interaction -> one(interaction)
                                .withRequest(request -> change(Sdk.put(request))
                                        .path(fromProviderState("/furniture/${id}", "/furniture/7")))
                                .willRespondWith(response -> item(response, 200)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changed")
    void itChanges(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture().updateFurnitureItem(7, CHANGE)).isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact changedIfMatch(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a furniture item that still has its version",
                        interaction -> one(interaction)
                                .withRequest(request -> change(Sdk.put(request))
                                        .path(fromProviderState("/furniture/${id}", "/furniture/7"))
                                        .header("If-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> item(response, 200)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changedIfMatch")
    void itChangesAVersion(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture()
                            .updateFurnitureItem(
                                    7, CHANGE, RequestOptions.none().withIfMatch(ETAG)))
                    .isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact changedBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a furniture item that has changed",
                        interaction -> one(interaction)
                                .withRequest(request -> change(Sdk.put(request))
                                        .path(fromProviderState("/furniture/${id}", "/furniture/7"))
                                        .header("If-Match", STALE))
                                .willRespondWith(response -> Sdk.problem(response, 412, "precondition-failed")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changedBefore")
    void itReadsThatAnItemHasChanged(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThatThrownBy(() -> boutique.furniture()
                            .updateFurnitureItem(
                                    7, CHANGE, RequestOptions.none().withIfMatch(STALE)))
                    .isInstanceOf(PreconditionFailedException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact changeOfNone(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a furniture item that does not exist",
                        interaction -> interaction
                                .state("there are no furniture items")
                                .withRequest(request -> change(Sdk.put(request)).path("/furniture/7"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changeOfNone")
    void itReadsThatAnItemToChangeDoesNotExist(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThatThrownBy(() -> boutique.furniture().updateFurnitureItem(7, CHANGE))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact deleted(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a furniture item",
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        Sdk.delete(request).path(fromProviderState("/furniture/${id}", "/furniture/7")))
                                .willRespondWith(response -> deleted(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deleted")
    void itDeletes(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture().deleteFurnitureItem(7).item()).isEqualTo(item(Optional.empty()));
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact deletedIfMatch(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a furniture item that still has its version",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.delete(request)
                                        .path(fromProviderState("/furniture/${id}", "/furniture/7"))
                                        .header("If-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> deleted(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletedIfMatch")
    void itDeletesAVersion(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThat(boutique.furniture()
                            .deleteFurnitureItem(7, RequestOptions.none().withIfMatch(ETAG))
                            .item())
                    .isEqualTo(item(Optional.empty()));
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact deletionOfChanged(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a furniture item that has changed",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.delete(request)
                                        .path(fromProviderState("/furniture/${id}", "/furniture/7"))
                                        .header("If-Match", STALE))
                                .willRespondWith(response -> Sdk.problem(response, 412, "precondition-failed")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletionOfChanged")
    void itReadsThatAnItemToDeleteHasChanged(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThatThrownBy(() -> boutique.furniture()
                            .deleteFurnitureItem(7, RequestOptions.none().withIfMatch(STALE)))
                    .isInstanceOf(PreconditionFailedException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact deletionOfNone(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a furniture item that does not exist",
                        interaction -> interaction
                                .state("there are no furniture items")
                                .withRequest(request -> Sdk.delete(request).path("/furniture/7"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletionOfNone")
    void itReadsThatAnItemToDeleteDoesNotExist(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            assertThatThrownBy(() -> boutique.furniture().deleteFurnitureItem(7))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact inProgress(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a furniture item, while the first request with its idempotency key is in progress",
                        interaction -> Sdk.inProgress(
                                        interaction.state("there are no furniture items"), "/furniture", KEY)
                                .withRequest(request -> Sdk.post(request, KEY)
                                        .path("/furniture")
                                        .body(newJsonBody(SdkUsesFurnitureTest::draft)
                                                .build()))
                                .willRespondWith(
                                        response -> Sdk.temporaryProblem(response, 409, "request-in-progress")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "inProgress")
    void itReadsThatARequestIsInProgress(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            var conflict = catchThrowableOfType(
                    ConflictException.class,
                    () -> boutique.furniture()
                            .createFurnitureItem(DRAFT, RequestOptions.none().withIdempotencyKey(KEY)));

            assertThat(conflict.code()).isEqualTo(ProblemCode.REQUEST_IN_PROGRESS);
            assertThat(conflict.headers()).containsKey("retry-after");
        }
    }

    @Pact(consumer = "client-sdk", provider = "furniture")
    V4Pact unavailable(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a furniture item, while the service is unavailable",
                        interaction -> interaction
                                .state("there are no furniture items")
                                .state("the database is unavailable")
                                .withRequest(request -> Sdk.post(request, KEY)
                                        .path("/furniture")
                                        .body(newJsonBody(SdkUsesFurnitureTest::draft)
                                                .build()))
                                .willRespondWith(response -> Sdk.temporaryProblem(response, 503, "unavailable")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "unavailable")
    void itReadsWhenToTryAgain(MockServer furniture) {
        try (var boutique = boutique(furniture)) {
            var failure = catchThrowableOfType(
                    ServerException.class,
                    () -> boutique.furniture()
                            .createFurnitureItem(DRAFT, RequestOptions.none().withIdempotencyKey(KEY)));

            assertThat(failure.code()).isEqualTo(ProblemCode.UNAVAILABLE);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
        }
    }

    /** A item that was added with the key. */
    private static HttpInteractionBuilder one(HttpInteractionBuilder interaction) {
        return interaction.state(
                "there is a furniture item",
                Map.of(
                        "key",
                        KEY,
                        "name",
                        "Oak Desk",
                        "category",
                        "Office",
                        "price",
                        299.99,
                        "productId",
                        "OAKDESK001"));
    }

    /** Two items, and the cursor that leads from the first page of one item to the second one. */
    private static HttpInteractionBuilder two(HttpInteractionBuilder interaction) {
        return one(interaction)
                .state(
                        "there is another furniture item",
                        Map.of("name", "Oak Desk", "category", "Office", "price", 299.99, "productId", "OAKDESK001"));
    }

    private static void draft(LambdaDslObject draft) {
        draft.stringType("name", "Oak Desk")
                .stringType("category", "Office")
                .numberType("price", 299.99)
                .stringType("productId", "OAKDESK001");
    }

    private static void other(LambdaDslObject draft) {
        draft.stringType("name", "Modern Chair")
                .stringType("category", "Kitchen")
                .numberType("price", 299.99);
    }

    private static HttpRequestBuilder change(HttpRequestBuilder request) {
        return request.body(newJsonBody(change -> change.stringType("name", "Oak Desk")
                        .stringType("category", "Office")
                        .numberType("price", 299.99)
                        .stringType("productId", "OAKDESK001"))
                .build());
    }

    private static void item(LambdaDslObject body) {
        body.integerType("id", 7);
        draft(body);
    }

    private static HttpResponseBuilder item(HttpResponseBuilder response, int status) {
        return response.status(status)
                .header("ETag", regexp("\"[^\"]+\"", ETAG))
                .body(newJsonBody(SdkUsesFurnitureTest::item).build());
    }

    private static HttpResponseBuilder page(HttpResponseBuilder response) {
        return response.status(200)
                .body(newJsonArrayMinLike(1, items -> items.object(SdkUsesFurnitureTest::item))
                        .build());
    }

    private static HttpResponseBuilder deleted(HttpResponseBuilder response) {
        return response.status(200)
                .body(newJsonBody(body -> body.stringType("message", "Furniture item 7 was deleted.")
                                .object("item", SdkUsesFurnitureTest::item))
                        .build());
    }

    private static FurnitureItem item(Optional<String> etag) {
        return new FurnitureItem(7, "Oak Desk", "Office", PRICE, Optional.of("OAKDESK001"), etag, Map.of());
    }

    private static BoutiqueClient boutique(MockServer furniture) {
        return Sdk.of(BoutiqueService.FURNITURE, furniture);
    }
}
