package io.multicloudboutique.crm;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.CursorPromises;
import io.multicloudboutique.testing.ItemPromises;
import io.multicloudboutique.testing.RunningService;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        assertThat(ids("/customers?email=Bob%2Bpaint%40example.com")).hasSize(5);
        assertThat(ids("/customers?email=bob%40example.com")).isEmpty();
    }

    @Test
    void letterCaseOfAnEmailAddressDoesNotMatterAndIsKept() {
        for (var email : List.of("Éva.KISS@example.com", "éva.kiss@EXAMPLE.com", "éva.kiss@example.co")) {
            add("Éva", "Kiss", email);
        }

        assertThat(allPages("/customers?email=%C3%A9va.Kiss%40example.COM&limit=1"))
                .extracting(customer -> customer.path("email").asString())
                .containsExactly("éva.kiss@EXAMPLE.com", "Éva.KISS@example.com");
    }

    @Test
    void customersAreFoundByTheBeginningsOfWordsInTheirNamesAndAddresses() {
        var anna = add("Anna Maria", "O'Brien-Wolf", "anna.ob@post.example");
        var hanna = add("Hanna", "Wolf", "h.wolf@post.example");
        var without = add("Annabel", "Wolfson", null);

        assertThat(ids("/customers?q=ann")).containsExactly(without, anna);
        assertThat(ids("/customers?q=WOLF")).containsExactly(without, hanna, anna);
        assertThat(ids("/customers?q=wolf%20anna")).containsExactly(without, anna);
        assertThat(ids("/customers?q=brien,%20mar%20post")).containsExactly(anna);
        assertThat(ids("/customers?q=o%27brien")).containsExactly(anna);
        assertThat(ids("/customers?q=post.example")).containsExactly(hanna, anna);
        assertThat(ids("/customers?q=h.wolf%40post.example")).containsExactly(hanna);
        assertThat(ids("/customers?q=annawolf")).isEmpty();
        assertThat(ids("/customers?q=%25%20_")).isEmpty();

        client().put("/customers/" + without).json("{\"surname\":\"Fox\"}").expect(200);
        client().delete("/customers/" + hanna).expect(200);
        assertThat(ids("/customers?q=wolf")).containsExactly(anna);
    }

    @Test
    void wordsAndAnEmailAddressCanBeCombinedOnAllPages() {
        var one = add("Carl", "Berg", "family@berg.example");
        var two = add("Carla", "Berg", "Family@berg.example");
        add("Carla", "Berg", "carla@berg.example");
        add("Dora", "Berg", "family@berg.example");
        var three = add("Carlos", "Berg", "family@berg.example");

        assertThat(ids("/customers?q=carl&email=family%40BERG.example&limit=1")).containsExactly(three, two, one);
        assertThat(ids("/customers?q=berg&limit=2")).hasSize(5).isSortedAccordingTo(reverseOrder());
    }

    private long add(String name, String surname, @Nullable String email) {
        var address = email == null ? "" : ",\"email\":\"" + email + "\"";
        return client().post("/customers")
                .json("{\"name\":\"" + name + "\",\"surname\":\"" + surname + "\"" + address + "}")
                .expect(201)
                .json()
                .path("id")
                .asLong();
    }

    private Stream<Long> ids(String list) {
        return allPages(list).stream().map(customer -> customer.path("id").asLong());
    }

    @Test
    void aCursorBelongsToTheFiltersOfItsList() {
        for (int i = 0; i < 2; i++) {
            client().post("/customers")
                    .json("{\"name\":\"Ann\",\"surname\":\"Lee\",\"email\":\"ann@example.com\"}")
                    .expect(201);
        }
        var byEmail = "/customers?email=ann%40example.com";
        var byWords = "/customers?q=ann";
        CursorPromises.assertBound(client(), "/customers", byEmail, byWords);
        CursorPromises.assertBound(
                client(), byEmail, "/customers", "/customers?email=Ann%40example.com", byEmail + "&q=ann");
        CursorPromises.assertBound(
                client(), byWords, "/customers", byEmail, byEmail + "&q=ann", "/customers?q=ann%20lee");
        CursorPromises.assertBound(client(), byEmail + "&q=ann", byEmail, byWords, byEmail + "&q=lee");
    }
}
