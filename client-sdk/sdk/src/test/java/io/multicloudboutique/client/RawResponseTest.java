package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.answer;
import static io.multicloudboutique.client.ScriptedServer.json;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.crm.Customer;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ServerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RawResponseTest {

    private static final String CUSTOMER = "{\"id\":1,\"name\":\"Zoë\",\"surname\":\"Doe\"}";

    private ScriptedServer server;
    private BoutiqueClient client;

    private BoutiqueClient client(Step... steps) {
        server = new ScriptedServer(steps);
        client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.CRM, server.url())
                .maxRetries(0)
                .build();
        return client;
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void aResponseHasItsStatusItsHeadersAndItsBody() {
        var response = client(json(201, CUSTOMER, "Location: /customers/1", "ETag: \"1\""))
                .crm()
                .withRawResponse()
                .getCustomer(1);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers()).containsKey("location");
        assertThat(response.header("LOCATION")).hasValue("/customers/1");
        assertThat(response.header("X-Missing")).isEmpty();
        assertThat(response.body()).isEqualTo(CUSTOMER);
        assertThat(response.parse()).isEqualTo(client.crm().getCustomer(1));
    }

    @Test
    void aBodyThatDoesNotMatchTheContractIsRejectedOnlyWhenItIsParsed() {
        var response = client(answer(200, "text/html", "<h1>Log in</h1>"))
                .crm()
                .withRawResponse()
                .getCustomer(1);

        assertThat(response.body()).isEqualTo("<h1>Log in</h1>");
        assertThatThrownBy(response::parse)
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("the body is text/html, not JSON in UTF-8");
    }

    @Test
    void anErrorThrowsAnExceptionWithTheResponse() {
        var crm = client(problem(404, "not-found", "", "X-Trace: 7")).crm().withRawResponse();

        var failure = catchThrowableOfType(NotFoundException.class, () -> crm.getCustomer(1));

        assertThat(failure.status()).hasValue(404);
        assertThat(failure.headers().get("x-trace")).containsExactly("7");
    }

    @Test
    void anItemThatHasNotChangedIsAResponseWithoutABody() {
        var response = client(answer(304, "", "", "ETag: \"3\""))
                .crm()
                .withRawResponse()
                .getCustomerIfChanged(1, "\"3\"");

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(response.parse()).isEmpty();
        assertThat(server.requests().get(0).header("If-None-Match")).isEqualTo("\"3\"");
    }

    @Test
    void anItemThatHasChangedIsParsed() {
        var response = client(json(200, CUSTOMER, "ETag: \"4\""))
                .crm()
                .withRawResponse()
                .getCustomerIfChanged(1, "\"3\"");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.parse().orElseThrow().etag()).hasValue("\"4\"");
    }

    @Test
    void aReportOfAnUnhealthyServiceIsAResponse() {
        var response = client(json(
                        503, "{\"status\":\"unhealthy\",\"service\":\"crm\",\"timestamp\":\"2026-01-20T10:30:00Z\"}"))
                .crm()
                .withRawResponse()
                .getHealth();

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.parse().status()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void aListReturnsOnePageAndTheCursorOfTheNextOne() {
        var crm = client(json(200, "[" + CUSTOMER + "]", "Next-Cursor: a"), json(200, "[]"))
                .crm()
                .withRawResponse();

        var page = crm.listCustomers(CustomerQuery.all());
        var next = crm.listCustomers(
                CustomerQuery.all().withCursor(page.header("Next-Cursor").orElseThrow()));

        assertThat(page.parse().items()).extracting(Customer::name).containsExactly("Zoë");
        assertThat(next.parse().items()).isEmpty();
        assertThat(next.header("Next-Cursor")).isEmpty();
        assertThat(server.requests())
                .extracting(ScriptedServer.Request::target)
                .containsExactly("/customers", "/customers?cursor=a");
    }

    @Test
    void theTextOfAResponseContainsNeitherItsHeadersNorItsBody() {
        var crm = client(json(200, CUSTOMER, "Set-Cookie: secret")).crm().withRawResponse();

        assertThat(crm.getCustomer(1).toString()).contains("200").doesNotContain("Zoë", "secret");
        assertThat(crm.getCustomerIfChanged(1, "\"1\"").toString()).doesNotContain("Zoë", "secret");
    }
}
