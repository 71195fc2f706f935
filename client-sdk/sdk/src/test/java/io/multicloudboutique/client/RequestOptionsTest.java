package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.client.ScriptedServer.Request;
import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.crm.CustomerChange;
import io.multicloudboutique.client.crm.CustomerDraft;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.errors.TimeoutException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class RequestOptionsTest {

    private static final String CUSTOMER = "{\"id\":1,\"name\":\"John\",\"surname\":\"Doe\"}";

    private ScriptedServer server;
    private BoutiqueClient client;

    private BoutiqueClient client(Step... steps) {
        server = new ScriptedServer(steps);
        client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.CRM, server.url())
                .putHeader("X-Shop", "default")
                .build();
        return client;
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    private Request sent() {
        return server.requests().get(server.requests().size() - 1);
    }

    @Test
    void theTimeoutOfACallReplacesTheTimeoutOfTheClient() {
        var crm = client(ScriptedServer.silence()).crm();

        assertThatThrownBy(() -> crm.getCustomer(1, RequestOptions.none().withTimeout(Duration.ofMillis(50))))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void theIdempotencyKeyIsSent() {
        client(json(201, CUSTOMER))
                .crm()
                .createCustomer(
                        CustomerDraft.of("John", "Doe"), RequestOptions.none().withIdempotencyKey("customer-1"));

        assertThat(sent().header("Idempotency-Key")).isEqualTo("customer-1");
    }

    @Test
    void theEtagIsSent() {
        var options = RequestOptions.none().withIfMatch("\"3\"");
        var crm = client(json(200, CUSTOMER), json(200, "{\"message\":\"Deleted.\",\"item\":" + CUSTOMER + "}"))
                .crm();

        crm.updateCustomer(1, CustomerChange.none().withName("Jane"), options);
        crm.deleteCustomer(1, options);

        assertThat(server.requests())
                .extracting(request -> request.header("If-Match"))
                .containsExactly("\"3\"", "\"3\"");
    }

    @Test
    void aHeaderOfACallReplacesTheDefaultHeader() {
        var crm = client(json(200, CUSTOMER)).crm();

        crm.getCustomer(1);
        crm.getCustomer(1, RequestOptions.none().withHeader("x-shop", "harbour {1}"));

        assertThat(server.requests())
                .extracting(request -> request.header("X-Shop"))
                .containsExactly("default", "harbour {1}");
    }

    @Test
    void theOptionsOfAListApplyToEachPage() {
        var customers = client(json(200, "[]", "Next-Cursor: a"), json(200, "[]"))
                .crm()
                .listCustomers(CustomerQuery.all(), RequestOptions.none().withHeader("X-Shop", "harbour"));

        assertThat(customers).isEmpty();
        assertThat(server.requests())
                .extracting(request -> request.header("X-Shop"))
                .containsExactly("harbour", "harbour");
    }

    static Stream<Consumer<BoutiqueClient>> callsThatDoNotAcceptTheirOptions() {
        var key = RequestOptions.none().withIdempotencyKey("key");
        var etag = RequestOptions.none().withIfMatch("\"3\"");
        return Stream.of(
                client -> client.crm().getCustomer(1, key),
                client -> client.crm().getCustomer(1, etag),
                client -> client.crm().createCustomer(CustomerDraft.of("John", "Doe"), etag),
                client -> client.crm().updateCustomer(1, CustomerChange.none(), key),
                client -> client.crm().deleteCustomer(1, key),
                client -> client.crm().listCustomers(CustomerQuery.all(), key).first(),
                client -> client.crm().withRawResponse().getCustomer(1, key),
                client -> client.async().crm().getCustomer(1, key),
                client -> client.async()
                        .crm()
                        .listCustomers(CustomerQuery.all(), key)
                        .first());
    }

    @ParameterizedTest
    @MethodSource("callsThatDoNotAcceptTheirOptions")
    void anOptionThatTheOperationDoesNotAcceptIsRejected(Consumer<BoutiqueClient> call) {
        client(json(200, CUSTOMER));

        assertThatThrownBy(() -> call.accept(client))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not accept");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"If-Match", "if-none-match", "Idempotency-Key", "Authorization", "X-API-Key", "Host", "a b"})
    void aHeaderThatTheSdkSetsOrThatHttpForbidsIsRejected(String name) {
        client(json(200, CUSTOMER));

        assertThatThrownBy(() -> RequestOptions.none().withHeader(name, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<Consumer<BoutiqueClient>> callsWithoutAnArgument() {
        return Stream.of(
                client -> client.crm().createCustomer(null),
                client -> client.crm().getCustomer(1, null),
                client -> client.crm().getCustomerIfChanged(1, null),
                client -> client.crm().listCustomers(null),
                client -> client.crm().withRawResponse().listCustomers(null),
                client -> client.async().crm().createCustomer(null),
                client -> client.async().crm().listCustomers(null));
    }

    @ParameterizedTest
    @MethodSource("callsWithoutAnArgument")
    void aMissingArgumentIsNamed(Consumer<BoutiqueClient> call) {
        client(json(200, CUSTOMER));

        assertThatThrownBy(() -> call.accept(client))
                .isInstanceOf(NullPointerException.class)
                .message()
                .isIn("customerDraft", "options", "knownEtag", "query");
        assertThat(server.requests()).isEmpty();
    }
}
