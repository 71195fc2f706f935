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
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The pacts of the SDK with a service whose items can be added, read, changed and deleted. The test of a service extends
 * this class, and names the service in {@link PactTestFor}.
 *
 * @param <I> an item
 * @param <D> a draft of an item
 */
@ExtendWith({CommittedPacts.class, PactConsumerTestExt.class})
abstract class ItemPacts<I, D> {

    private static final String ETAG = "\"1\"";
    private static final String STALE = "\"0\"";

    private final BoutiqueService service;
    private final String path;
    private final String item;
    private final String items;
    private final Filter filter;
    private final String key;
    private final D draft;
    private final Map<String, Object> fields;
    private final D other;
    private final Map<String, Object> otherFields;

    /** A filter of the list, such as "of a category", {@code category} and the category of the draft. */
    record Filter(String description, String parameter, String value) {}

    /**
     * @param path the path of the list
     * @param item the name of an item in the descriptions of interactions and in the provider's states, such as "customer"
     * @param key an idempotency key
     * @param fields the JSON of the draft
     * @param otherFields the JSON of the other draft
     */
    ItemPacts(
            BoutiqueService service,
            String path,
            String item,
            Filter filter,
            String key,
            D draft,
            Map<String, Object> fields,
            D other,
            Map<String, Object> otherFields) {
        this.service = service;
        this.path = path;
        this.item = item;
        items = item + "s";
        this.filter = filter;
        this.key = key;
        this.draft = draft;
        this.fields = fields;
        this.other = other;
        this.otherFields = otherFields;
    }

    @Pact(consumer = "client-sdk")
    V4Pact pages(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the first page of the " + items,
                        interaction -> two(interaction)
                                .withRequest(
                                        request -> Sdk.get(request).path(path).queryParameter("limit", "1"))
                                .willRespondWith(response ->
                                        page(response).header("Next-Cursor", regexp("[A-Za-z0-9_-]+", "Nw"))))
                .expectsToReceiveHttpInteraction(
                        "a request for the last page of the " + items,
                        interaction -> two(interaction)
                                .withRequest(request -> Sdk.get(request)
                                        .path(path)
                                        .queryParameter("limit", "1")
                                        .queryParameter("cursor", fromProviderState("${cursor}", "Nw")))
                                .willRespondWith(response -> page(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "pages")
    void itReadsAllPages(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(list(boutique, 1)).hasSize(2);
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact filtered(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the " + items + " " + filter.description(),
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        Sdk.get(request).path(path).queryParameter(filter.parameter(), filter.value()))
                                .willRespondWith(response -> page(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "filtered")
    void itReadsTheItemsThatMatch(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(listMatching(boutique)).containsExactly(item(Optional.empty()));
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact none(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the " + items + " of an empty list",
                        interaction -> interaction
                                .state("there are no " + items)
                                .withRequest(request -> Sdk.get(request).path(path))
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonArray(none -> {}).build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "none")
    void itReadsAnEmptyList(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(list(boutique)).isEmpty();
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact created(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a " + item,
                        interaction -> interaction
                                .state("there are no " + items)
                                .withRequest(
                                        request -> withBody(Sdk.post(request).path(path), fields))
                                .willRespondWith(response -> item(response, 201)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "created")
    void itAdds(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(create(boutique, draft, RequestOptions.none())).isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact createdBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a " + item + ", repeated with its idempotency key",
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        withBody(Sdk.post(request, key).path(path), fields))
                                .willRespondWith(response -> item(response, 201)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "createdBefore")
    void repeatingARequestWithItsKeyReturnsTheSameItem(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(create(boutique, draft, RequestOptions.none().withIdempotencyKey(key)))
                    .isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact keyReused(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add another " + item + " with the same idempotency key",
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        withBody(Sdk.post(request, key).path(path), otherFields))
                                .willRespondWith(response -> Sdk.problem(response, 422, "idempotency-key-reused")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "keyReused")
    void itReadsThatAKeyIsReused(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThatThrownBy(
                            () -> create(boutique, other, RequestOptions.none().withIdempotencyKey(key)))
                    .isInstanceOf(IdempotencyKeyReusedException.class);
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact read(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a " + item,
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        Sdk.get(request).path(fromProviderState(path + "/${id}", path + "/7")))
                                .willRespondWith(response -> item(response, 200)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "read")
    void itReads(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(get(boutique)).isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact notModified(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a " + item + " that has not changed",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.get(request)
                                        .path(fromProviderState(path + "/${id}", path + "/7"))
                                        .header("If-None-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> response.status(304)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "notModified")
    void itReadsThatAnItemHasNotChanged(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(getIfChanged(boutique, ETAG)).isEmpty();
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact notFound(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for a " + item + " that does not exist",
                        interaction -> interaction
                                .state("there are no " + items)
                                .withRequest(request -> Sdk.get(request).path(path + "/7"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "notFound")
    void itReadsThatAnItemDoesNotExist(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThatThrownBy(() -> get(boutique)).isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact changed(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a " + item,
                        interaction -> one(interaction)
                                .withRequest(request -> withBody(Sdk.put(request), fields)
                                        .path(fromProviderState(path + "/${id}", path + "/7")))
                                .willRespondWith(response -> item(response, 200)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changed")
    void itChanges(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(update(boutique, RequestOptions.none())).isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact changedIfMatch(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a " + item + " that still has its version",
                        interaction -> one(interaction)
                                .withRequest(request -> withBody(Sdk.put(request), fields)
                                        .path(fromProviderState(path + "/${id}", path + "/7"))
                                        .header("If-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> item(response, 200)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changedIfMatch")
    void itChangesAVersion(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(update(boutique, RequestOptions.none().withIfMatch(ETAG)))
                    .isEqualTo(item(Optional.of(ETAG)));
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact changedBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a " + item + " that has changed",
                        interaction -> one(interaction)
                                .withRequest(request -> withBody(Sdk.put(request), fields)
                                        .path(fromProviderState(path + "/${id}", path + "/7"))
                                        .header("If-Match", STALE))
                                .willRespondWith(response -> Sdk.problem(response, 412, "precondition-failed")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changedBefore")
    void itReadsThatAnItemHasChanged(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThatThrownBy(() -> update(boutique, RequestOptions.none().withIfMatch(STALE)))
                    .isInstanceOf(PreconditionFailedException.class);
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact changeOfNone(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to change a " + item + " that does not exist",
                        interaction -> interaction
                                .state("there are no " + items)
                                .withRequest(request ->
                                        withBody(Sdk.put(request), fields).path(path + "/7"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "changeOfNone")
    void itReadsThatAnItemToChangeDoesNotExist(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThatThrownBy(() -> update(boutique, RequestOptions.none())).isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact deleted(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a " + item,
                        interaction -> one(interaction)
                                .withRequest(request ->
                                        Sdk.delete(request).path(fromProviderState(path + "/${id}", path + "/7")))
                                .willRespondWith(response -> deleted(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deleted")
    void itDeletes(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(delete(boutique, RequestOptions.none())).isEqualTo(item(Optional.empty()));
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact deletedIfMatch(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a " + item + " that still has its version",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.delete(request)
                                        .path(fromProviderState(path + "/${id}", path + "/7"))
                                        .header("If-Match", fromProviderState("${etag}", ETAG)))
                                .willRespondWith(response -> deleted(response)))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletedIfMatch")
    void itDeletesAVersion(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThat(delete(boutique, RequestOptions.none().withIfMatch(ETAG)))
                    .isEqualTo(item(Optional.empty()));
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact deletionOfChanged(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a " + item + " that has changed",
                        interaction -> one(interaction)
                                .withRequest(request -> Sdk.delete(request)
                                        .path(fromProviderState(path + "/${id}", path + "/7"))
                                        .header("If-Match", STALE))
                                .willRespondWith(response -> Sdk.problem(response, 412, "precondition-failed")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletionOfChanged")
    void itReadsThatAnItemToDeleteHasChanged(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThatThrownBy(() -> delete(boutique, RequestOptions.none().withIfMatch(STALE)))
                    .isInstanceOf(PreconditionFailedException.class);
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact deletionOfNone(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a " + item + " that does not exist",
                        interaction -> interaction
                                .state("there are no " + items)
                                .withRequest(request -> Sdk.delete(request).path(path + "/7"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletionOfNone")
    void itReadsThatAnItemToDeleteDoesNotExist(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            assertThatThrownBy(() -> delete(boutique, RequestOptions.none())).isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact inProgress(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a " + item
                                + ", while the first request with its idempotency key is in progress",
                        interaction -> Sdk.inProgress(interaction.state("there are no " + items), path, key)
                                .withRequest(request ->
                                        withBody(Sdk.post(request, key).path(path), fields))
                                .willRespondWith(
                                        response -> Sdk.temporaryProblem(response, 409, "request-in-progress")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "inProgress")
    void itReadsThatARequestIsInProgress(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            var conflict = catchThrowableOfType(
                    ConflictException.class,
                    () -> create(boutique, draft, RequestOptions.none().withIdempotencyKey(key)));

            assertThat(conflict.code()).isEqualTo(ProblemCode.REQUEST_IN_PROGRESS);
            assertThat(conflict.headers()).containsKey("retry-after");
        }
    }

    @Pact(consumer = "client-sdk")
    V4Pact unavailable(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to add a " + item + ", while the service is unavailable",
                        interaction -> interaction
                                .state("there are no " + items)
                                .state("the database is unavailable")
                                .withRequest(request ->
                                        withBody(Sdk.post(request, key).path(path), fields))
                                .willRespondWith(response -> Sdk.temporaryProblem(response, 503, "unavailable")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "unavailable")
    void itReadsWhenToTryAgain(MockServer server) {
        try (var boutique = Sdk.of(service, server)) {
            var failure = catchThrowableOfType(
                    ServerException.class,
                    () -> create(boutique, draft, RequestOptions.none().withIdempotencyKey(key)));

            assertThat(failure.code()).isEqualTo(ProblemCode.UNAVAILABLE);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
        }
    }

    protected abstract Iterable<I> list(BoutiqueClient boutique);

    protected abstract Iterable<I> list(BoutiqueClient boutique, int pageSize);

    /** Lists the items with the filter. */
    protected abstract Iterable<I> listMatching(BoutiqueClient boutique);

    protected abstract I create(BoutiqueClient boutique, D draft, RequestOptions options);

    /** Reads the item with the id 7. */
    protected abstract I get(BoutiqueClient boutique);

    protected abstract Optional<I> getIfChanged(BoutiqueClient boutique, String etag);

    /** Sets all fields of the item with the id 7 to those of the draft. */
    protected abstract I update(BoutiqueClient boutique, RequestOptions options);

    /** Deletes the item with the id 7 and returns it. */
    protected abstract I delete(BoutiqueClient boutique, RequestOptions options);

    /** Returns the item with the id 7 and the fields of the draft. */
    protected abstract I item(Optional<String> etag);

    /** An item that was added with the key. */
    private HttpInteractionBuilder one(HttpInteractionBuilder interaction) {
        var parameters = new HashMap<String, Object>(fields);
        parameters.put("key", key);
        return interaction.state("there is a " + item, parameters);
    }

    /** Two items, and the cursor that leads from the first page of one item to the second one. */
    private HttpInteractionBuilder two(HttpInteractionBuilder interaction) {
        return one(interaction).state("there is another " + item, fields);
    }

    private static HttpRequestBuilder withBody(HttpRequestBuilder request, Map<String, Object> fields) {
        return request.body(newJsonBody(body -> add(fields, body)).build());
    }

    private static void add(Map<String, Object> fields, LambdaDslObject body) {
        fields.forEach((name, value) -> {
            if (value instanceof Number number) {
                body.numberType(name, number);
            } else {
                body.stringType(name, (String) value);
            }
        });
    }

    private void item(LambdaDslObject body) {
        body.integerType("id", 7);
        add(fields, body);
    }

    private HttpResponseBuilder item(HttpResponseBuilder response, int status) {
        return response.status(status)
                .header("ETag", regexp("\"[^\"]+\"", ETAG))
                .body(newJsonBody(this::item).build());
    }

    private HttpResponseBuilder page(HttpResponseBuilder response) {
        return response.status(200)
                .body(newJsonArrayMinLike(1, page -> page.object(this::item)).build());
    }

    private HttpResponseBuilder deleted(HttpResponseBuilder response) {
        return response.status(200)
                .body(newJsonBody(body -> body.stringType(
                                        "message",
                                        item.substring(0, 1).toUpperCase(Locale.ROOT) + item.substring(1)
                                                + " 7 was deleted.")
                                .object("item", this::item))
                        .build());
    }
}
