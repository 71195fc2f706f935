package io.multicloudboutique.crm;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.CursorPromises;
import io.multicloudboutique.testing.ItemPromises;
import io.multicloudboutique.testing.RunningService;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CustomerTest extends ItemPromises {

    @RegisterExtension
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    private static final String ALICE = "{\"name\":\"Alice\",\"surname\":\"Johnson\"}";

    CustomerTest() {
        super(
                crm,
                new Items(
                        "/customers", "", "customers", ALICE, "{\"surname\":\"Jones\"}", "email", "alice@example.com"));
    }

    @Test
    void initialCustomersExist() {
        var john = client().get("/customers/1").expect(200).json();

        assertThat(john.path("name").asString()).isEqualTo("John");
        assertThat(john.path("surname").asString()).isEqualTo("Doe");
    }

    @Test
    void customersAreListedNewestFirst() {
        var path = newItem();
        var newest = client().get("/customers?limit=1").expect(200).json().path(0);

        assertThat("/customers/" + newest.path("id").asString()).isEqualTo(path);
        assertThat(ids("/customers?limit=2")).isSortedAccordingTo(reverseOrder());
    }

    @Test
    void customersCanShareANameAndAnEmailAddressAndAreFoundByTheAddress() {
        for (int i = 0; i < 5; i++) {
            client().post("/customers")
                    .json("{\"name\":\"Bob\",\"surname\":\"Ross\",\"email\":\"bob+paint@example.com\"}")
                    .expect(201);
        }

        assertThat(ids("/customers?email=bob%2Bpaint%40example.com&limit=2"))
                .hasSize(5)
                .isSortedAccordingTo(reverseOrder());
        assertThat(ids("/customers?email=Bob%2Bpaint%40example.com"))
                .as("the filter is case-sensitive")
                .isEmpty();
    }

    private Stream<Long> ids(String list) {
        return allPages(list).stream().map(customer -> customer.path("id").asLong());
    }

    @Test
    void aCursorBelongsToTheFilterOfItsList() {
        for (int i = 0; i < 2; i++) {
            client().post("/customers")
                    .json("{\"name\":\"Ann\",\"surname\":\"Lee\",\"email\":\"ann@example.com\"}")
                    .expect(201);
        }
        CursorPromises.assertBound(client(), "/customers", "/customers?email=ann%40example.com");
        CursorPromises.assertBound(
                client(), "/customers?email=ann%40example.com", "/customers", "/customers?email=Ann%40example.com");
    }
}
