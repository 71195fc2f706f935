package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.client.ScriptedServer.Request;
import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.crm.Customer;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ServerException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private ScriptedServer server;
    private BoutiqueClient client;

    private Pages<Customer, Page<Customer>> customers(Step... steps) {
        server = new ScriptedServer(steps);
        client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.CRM, server.url() + "/crm/")
                .build();
        return client.crm()
                .listCustomers(
                        CustomerQuery.all().withEmail("john+doe@example.com").withPageSize(2));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    /** A page with two customers. */
    private static Step page(int first, String... headers) {
        var body = "[%s,%s]".formatted(customer(first), customer(first + 1));
        return json(200, body, headers);
    }

    private static String customer(int id) {
        return "{\"id\":%d,\"name\":\"John\",\"surname\":\"Doe\"}".formatted(id);
    }

    private static String next(String cursor) {
        return "Next-Cursor: " + cursor;
    }

    @Test
    void allItemsOfAllPagesAreReturnedInOrder() {
        var customers = customers(page(1, next("a")), page(3, next("b")), page(5));

        assertThat(customers).extracting(Customer::id).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(server.requests())
                .extracting(Request::target)
                .containsExactly(
                        "/crm/customers?email=john%2Bdoe%40example.com&limit=2",
                        "/crm/customers?email=john%2Bdoe%40example.com&limit=2&cursor=a",
                        "/crm/customers?email=john%2Bdoe%40example.com&limit=2&cursor=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"50%20off", "50%", "a+b", "a b", "a&b=c", "a;b", "{email}", "Zoë", "😀", "a,b", "\"q\""})
    void aFilterValueArrivesUnchanged(String email) {
        customers(json(200, "[]"));

        client.crm().listCustomers(CustomerQuery.all().withEmail(email)).first();

        var sent = server.requests().get(0).target();
        assertThat(sent).startsWith("/crm/customers?email=");
        assertThat(URLDecoder.decode(sent.substring("/crm/customers?email=".length()), StandardCharsets.UTF_8))
                .isEqualTo(email);
    }

    @Test
    void noRequestIsSentBeforeTheFirstItemIsRead() {
        var customers = customers(page(1));

        customers.stream().map(Customer::name);
        customers.pages().iterator();

        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aPageIsRequestedAfterTheLastItemOfThePreviousPage() {
        var iterator = customers(page(1, next("a")), page(3)).iterator();

        iterator.next();
        iterator.next();
        assertThat(server.requests()).hasSize(1);

        iterator.next();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aStreamRequestsOnlyThePagesThatItNeeds() {
        var customers = customers(page(1, next("a")), page(3, next("b")), page(5, next("c")));

        assertThat(customers.stream().limit(3)).extracting(Customer::id).containsExactly(1L, 2L, 3L);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void pagesAreReturnedOneByOne() {
        var sizes = new ArrayList<Integer>();
        for (var page : customers(page(1, next("a")), page(3)).pages()) {
            sizes.add(page.items().size());
        }

        assertThat(sizes).containsExactly(2, 2);
    }

    @Test
    void anIteratorEndsAfterTheLastPage() {
        var pages = customers(page(1)).pages().iterator();
        pages.next();

        assertThat(pages.hasNext()).isFalse();
        assertThatThrownBy(pages::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void eachIteratorStartsWithTheFirstPage() {
        var customers = customers(page(1));

        assertThat(customers).hasSize(2);
        assertThat(customers).hasSize(2);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void anEmptyListHasOneEmptyPage() {
        var customers = customers(json(200, "[]"));

        assertThat(customers).isEmpty();
        assertThat(customers.first().items()).isEmpty();
    }

    @Test
    void linksAreNotFollowed() {
        var customers = customers(page(1, "Link: <https://elsewhere.example/?cursor=a>; rel=\"next\""));

        assertThat(customers).hasSize(2);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aPageWithItsOwnCursorEndsTheIteration() {
        var customers = customers(page(1, next("a")));

        assertThatThrownBy(() -> customers.forEach(customer -> {}))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("Next-Cursor leads to the same page");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aFailedPageThrowsWhenItIsRequested() {
        var iterator = customers(page(1, next("a")), ScriptedServer.problem(404, "not-found", ""))
                .iterator();
        iterator.next();
        iterator.next();

        assertThatThrownBy(iterator::hasNext).isInstanceOf(NotFoundException.class);
    }
}
