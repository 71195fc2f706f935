package io.multicloudboutique.accounting.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.crm.CrmApplication;
import io.multicloudboutique.support.upstream.UpstreamListClient;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrmClientTest {

    @RegisterExtension
    static final RunningService realCrm = RunningService.of(CrmApplication.class, "crm");

    @RegisterExtension
    final ScriptedUpstream crm = new ScriptedUpstream();

    @Test
    void readsTheNewestCustomersOfTheRealCrm() {
        realCrm.client().get("/customers").expect(200); // warms up the service: the first request is slow

        assertThat(fetchCustomers(realCrm.url()).items())
                .containsExactly(new CrmCustomer("Jane", "Smith"), new CrmCustomer("John", "Doe"));
    }

    @Test
    void requestsThe50NewestCustomersAndReadsTwoFields() {
        crm.answer(
                200,
                "[{\"id\": \"x\", \"name\": \"mark86@example.net\", \"surname\": \"Customer\", \"more\": [null]}]");

        var customers = fetchCustomers(crm.url());

        assertThat(customers.failure()).isNull();
        assertThat(customers.items()).containsExactly(new CrmCustomer("mark86@example.net", "Customer"));
        assertThat(crm.calls()).containsExactly("GET /customers?limit=50");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{}",
                "{\"name\":\"A\",\"surname\":\"B\"}",
                "[null]",
                "[{\"name\":\"A\"}]",
                "[{\"name\":null,\"surname\":\"B\"}]",
                "[{\"name\":\"\",\"surname\":\"B\"}]",
                "[{\"name\":\"A\\u0000\",\"surname\":\"B\"}]"
            })
    void invalidListOfCustomersIsReportedAsFailure(String body) {
        crm.answer(200, body);

        assertFailure("The CRM returned a response that cannot be read.");
    }

    @Test
    void errorStatusIsReportedAsFailure() {
        crm.answer(503, "{}");

        assertFailure("The CRM responded with status 503.");
    }

    @Test
    void slowCrmIsReportedAsFailureAfterOneSecond() {
        crm.keepSilent();

        assertFailure("The CRM did not respond within one second.");
    }

    @Test
    void closedConnectionIsReportedAsFailure() {
        crm.answer(exchange -> {}); // closes the connection without a response

        assertFailure("The CRM could not be reached.");
    }

    private void assertFailure(String failure) {
        var customers = fetchCustomers(crm.url());

        assertThat(customers.failure()).isEqualTo(failure);
        assertThat(customers.items()).isEmpty();
    }

    private static UpstreamListClient.Answer<CrmCustomer> fetchCustomers(URI url) {
        var settings = new CrmSettings(new CrmSettings.Service(url), new CrmSettings.Api(null));
        return new CrmClient(settings, new SimpleMeterRegistry()).customers().block(Duration.ofSeconds(10));
    }
}
