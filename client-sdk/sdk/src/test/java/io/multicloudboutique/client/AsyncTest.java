package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.client.ScriptedServer.Request;
import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.crm.Customer;
import io.multicloudboutique.client.crm.CustomerDraft;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ServerException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AsyncTest {

    private static final String CUSTOMER = customer(1);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch disconnected = new CountDownLatch(1);

    private ScriptedServer server;
    private BoutiqueClient client;

    private BoutiqueClientAsync client(Step... steps) {
        server = new ScriptedServer(steps);
        client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.CRM, server.url())
                // Longer than the tests wait, so that only a cancellation ends a call.
                .attemptTimeout(Duration.ofSeconds(60))
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.async();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    private static String customer(int id) {
        return "{\"id\":%d,\"name\":\"John\",\"surname\":\"Doe\"}".formatted(id);
    }

    private static Step page(int first, String... headers) {
        return json(200, "[%s,%s]".formatted(customer(first), customer(first + 1)), headers);
    }

    /** Never responds, and notices when the client disconnects. */
    private Step silence() {
        return (request, out, socket) -> {
            arrived.countDown();
            try {
                ScriptedServer.silence().answer(request, out, socket);
            } finally {
                disconnected.countDown();
            }
        };
    }

    @Test
    void aCallReturnsWhatABlockingCallReturns() throws Exception {
        var crm = client(json(200, CUSTOMER, "ETag: \"4\"")).crm();

        assertThat(crm.getCustomer(1).get()).isEqualTo(client.crm().getCustomer(1));
        assertThat(crm.getCustomerIfChanged(1, "\"3\"").get())
                .hasValue(client.crm().getCustomer(1));
    }

    @Test
    void anItemThatHasNotChangedIsEmpty() throws Exception {
        var crm = client(ScriptedServer.answer(304, "", "", "ETag: \"3\"")).crm();

        assertThat(crm.getCustomerIfChanged(1, "\"3\"").get()).isEmpty();
    }

    @Test
    void aFailureIsTheCauseOfTheFuturesException() {
        var crm = client(problem(404, "not-found", "")).crm();

        assertThatThrownBy(() -> crm.getCustomer(1).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> crm.getCustomer(1).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotFoundException.class);
        assertThat(crm.getCustomer(1).handle((customer, failure) -> failure).join())
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aBodyThatDoesNotMatchTheContractFailsTheFuture() {
        assertThatThrownBy(() -> client(json(200, "[]")).crm().getCustomer(1).join())
                .hasCauseInstanceOf(ServerException.class);
    }

    @Test
    void anInvalidArgumentThrowsAtOnce() {
        var crm = client(json(200, CUSTOMER)).crm();

        assertThatThrownBy(() -> crm.getCustomerIfChanged(1, " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> crm.getCustomer(1, RequestOptions.none().withIfMatch("\"1\"")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void allAttemptsOfACallShareOneKey() throws Exception {
        var crm = client(problem(503, "unavailable", ""), json(201, CUSTOMER)).crm();

        crm.createCustomer(CustomerDraft.of("John", "Doe")).get();

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests())
                .extracting(request -> request.header("Idempotency-Key"))
                .doesNotContainNull()
                .containsOnly(server.requests().get(0).header("Idempotency-Key"));
    }

    @Test
    void aViewWithOtherOptionsHasAnAsynchronousView() throws Exception {
        client(json(200, CUSTOMER));

        client.withOptions(options -> options.apiKey("other-key"))
                .async()
                .crm()
                .getCustomer(1)
                .get();

        assertThat(server.requests().get(0).header("X-API-Key")).isEqualTo("other-key");
    }

    @Test
    void theExceptionForAServiceWithoutAUrlIsTheSame() {
        assertThatThrownBy(client(json(200, CUSTOMER))::food)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("BOUTIQUE_FOOD_URL");
    }

    @Test
    void aListIsReadPageByPage() throws Exception {
        var customers = client(page(1, "Next-Cursor: a"), page(3, "Next-Cursor: b"), page(5))
                .crm()
                .listCustomers();
        assertThat(server.requests()).isEmpty();

        assertThat(customers.toList().get()).extracting(Customer::id).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(server.requests())
                .extracting(Request::target)
                .containsExactly("/customers", "/customers?cursor=a", "/customers?cursor=b");
    }

    @Test
    void aListPassesItsPagesAndItemsToAConsumer() throws Exception {
        var customers =
                client(page(1, "Next-Cursor: a"), page(3), page(1)).crm().listCustomers();
        var ids = new CopyOnWriteArrayList<Long>();
        var sizes = new CopyOnWriteArrayList<Integer>();

        customers.forEach(customer -> ids.add(customer.id())).get();
        customers.forEachPage(page -> sizes.add(page.items().size())).get();

        assertThat(ids).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sizes).containsExactly(2);
        assertThat(customers.first().get().items()).hasSize(2);
    }

    @Test
    void aFailedPageFailsTheList() {
        var customers = client(page(1, "Next-Cursor: a"), problem(404, "not-found", ""))
                .crm()
                .listCustomers();

        assertThatThrownBy(() -> customers.toList().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotFoundException.class);
    }

    @Test
    void aPageWithItsOwnCursorFailsTheList() {
        var customers = client(page(1, "Next-Cursor: a")).crm().listCustomers();

        assertThatThrownBy(() -> customers.toList().join())
                .hasCauseInstanceOf(ServerException.class)
                .hasMessageContaining("Next-Cursor leads to the same page");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aConsumerThatThrowsEndsTheList() {
        var customers = client(page(1, "Next-Cursor: a")).crm().listCustomers();

        assertThatThrownBy(() -> customers
                        .forEach(customer -> {
                            throw new IllegalStateException("enough");
                        })
                        .join())
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("enough");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void cancellingAListEndsTheRequestOfItsPage() throws Exception {
        var customers = client(page(1, "Next-Cursor: a"), silence()).crm().listCustomers();

        var reading = customers.toList();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        reading.cancel(true);

        assertThat(disconnected.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(reading).isCancelled();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void cancellingTheFirstPageEndsItsRequest() throws Exception {
        var first = client(silence()).crm().listCustomers().first();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        first.cancel(true);

        assertThat(disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theListOfAllItemsIsNotModifiable() throws Exception {
        List<Customer> customers =
                client(page(1)).crm().listCustomers().toList().get();

        assertThatThrownBy(() -> customers.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }
}
