package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Checks the behaviour that every contract promises for the items of a list. A service's test extends this class and
 * describes its items.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ItemPromises {

    private final RunningService service;
    private final Items items;

    /**
     * The items of a service. Immutable.
     *
     * @param path the path of the list
     * @param inList the JSON pointer of the items in the list's response
     * @param table the database table of the items
     * @param item the JSON of a new item, without the optional text
     * @param change the JSON of a change that gives one field another value
     * @param optional the name of a field with an optional text
     * @param text a value for the optional text
     */
    public record Items(
            String path, String inList, String table, String item, String change, String optional, String text) {}

    protected ItemPromises(RunningService service, Items items) {
        this.service = service;
        this.items = items;
    }

    protected final ContractClient client() {
        return service.client();
    }

    /** Creates an item and returns its path. */
    protected final String newItem() {
        return "/" + client().post(items.path()).json(items.item()).expect(201).header("Location");
    }

    /** Returns the items of all pages of a list, in the order of the list. */
    protected final List<JsonNode> allPages(String list) {
        return client().allPages(list, items.inList());
    }

    @Test
    void aNewItemCanBeReadAtItsLocation() {
        var created = client().post(items.path()).json(items.item()).expect(201);

        var read = client().get("/" + created.header("Location")).expect(200);
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(read.json().has(items.optional()))
                .as("an optional text without a value is absent")
                .isFalse();
    }

    @Test
    void allPagesTogetherContainEachItemOnce() {
        for (int i = 0; i < 5; i++) {
            newItem();
        }
        assertThat(allPages(items.path() + "?limit=3").stream()
                        .map(item -> item.path("id").asLong()))
                .doesNotHaveDuplicates()
                .hasSize(((Number) service.database()
                                .value("SELECT count(*) FROM " + service.name() + "." + items.table()))
                        .intValue());
    }

    @Test
    void theLinkToTheNextPageKeepsTheQueryHoweverItIsWritten() {
        newItem();
        newItem();
        for (var query :
                List.of("limit=1&x=a=b", "x%5B%5D=1&limit=1", "limit=1&&a==", "limit=1&x=%3D%26&y=%C3%A9%20")) {
            assertThat(client().get(items.path() + "?" + query).expect(200).header("Link"))
                    .startsWith("<?")
                    .contains("limit=1", "&cursor=");
        }
    }

    @Test
    void aChangeKeepsOmittedFieldsAndAnEmptyTextRemovesAnOptionalText() {
        var path = newItem();
        var before = client().get(path).expect(200).json();

        client().put(path).json(optional(items.text())).expect(200);
        var with = client().get(path).expect(200).json();
        assertThat(with.path(items.optional()).asString()).isEqualTo(items.text());
        before.propertyStream()
                .forEach(field -> assertThat(with.path(field.getKey())).isEqualTo(field.getValue()));

        client().put(path).json(optional("")).expect(200);
        assertThat(client().get(path).expect(200).json()).isEqualTo(before);
    }

    @Test
    void onlyAChangeOfAValueCreatesANewVersion() {
        var path = newItem();
        var tag = client().get(path).expect(200).header("ETag");

        assertThat(client().put(path).json("{}").expect(200).header("ETag")).isEqualTo(tag);
        assertThat(client().put(path).json(items.item()).expect(200).header("ETag"))
                .isEqualTo(tag);
        var changed = client().put(path).json(items.change()).expect(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        assertThat(client().get(path).expect(200).json()).isEqualTo(changed.json());
        assertThat(client().get(path).header("If-None-Match", tag).expect(200).header("ETag"))
                .isEqualTo(changed.header("ETag"));
        client().get(path).header("If-None-Match", changed.header("ETag")).expect(304);
    }

    @Test
    void preconditionsAcceptListsWeakTagsAndAsterisks() {
        Preconditions.assertIfNoneMatch(client(), newItem());
        Preconditions.assertIfMatch(client(), newItem(), items.change());
        client().get(items.path() + "/9223372036854775807")
                .header("If-None-Match", "*")
                .expectProblem(404, "not-found");
    }

    @Test
    void changingOrDeletingAnOutdatedVersionIsRejected() {
        var path = newItem();
        var tag = client().get(path).expect(200).header("ETag");
        var changed = client().put(path).json(items.change()).expect(200);

        client().put(path)
                .header("If-Match", tag)
                .json(optional(items.text()))
                .expectProblem(412, "precondition-failed");
        client().delete(path).header("If-Match", tag).expectProblem(412, "precondition-failed");
        assertThat(client().get(path).expect(200).json()).isEqualTo(changed.json());
        client().delete(path).header("If-Match", changed.header("ETag")).expect(200);
    }

    @Test
    void onlyOneOfManyConcurrentChangesOfAVersionSucceeds() throws Exception {
        var path = newItem();
        var tag = client().get(path).expect(200).header("ETag");
        var statuses = Clients.simultaneously(
                24,
                i -> () -> client().put(path)
                        .header("If-Match", tag)
                        .json(items.change())
                        .send()
                        .status());
        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
    }

    @Test
    void deletingReturnsTheItemOnceAndThenNotFound() {
        var path = newItem();
        var item = client().get(path).expect(200).json();

        assertThat(client().delete(path).expect(200).json().path("item")).isEqualTo(item);
        client().delete(path).expectProblem(404, "not-found");
        client().get(path).expectProblem(404, "not-found");
        client().put(path).json("{}").expectProblem(404, "not-found");
    }

    @Test
    void aPathWithMatrixParametersIsNotFound() {
        client().post(items.path() + ";a=b").json(items.item()).expectProblem(404, "not-found");
        client().get(newItem() + ";a=b").expectProblem(404, "not-found");
    }

    @Test
    void aRepeatedRequestCreatesOneItem() {
        var key = UUID.randomUUID().toString();
        var first = client().post(items.path())
                .header("Idempotency-Key", key)
                .json(items.item())
                .expect(201);
        var second = client().post(items.path())
                .header("Idempotency-Key", key)
                .json(items.item() + " ")
                .expect(201);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }

    private String optional(String value) {
        return "{\"" + items.optional() + "\":\"" + value + "\"}";
    }
}
