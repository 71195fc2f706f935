package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A launcher that starts only the services that its arguments name. */
class NamedServicesTest {

    @Test
    void onlyTheNamedServicesStartAndMissingUpstreamsAreReported(@TempDir Path folder) throws Exception {
        var portBase = RunningLauncher.freePortBase();
        // The port of a service that is not started may be in use.
        try (var other = RunningLauncher.listen(Service.FOOD.port(portBase));
                var launcher = RunningLauncher.up(portBase, folder, "accounting", "furniture")) {
            assertThat(launcher.client(Service.FURNITURE)
                            .get("/furniture")
                            .send()
                            .status())
                    .isEqualTo(200);
            var crm = launcher.client(Service.ACCOUNTING)
                    .get("/transactions")
                    .expect(200)
                    .json()
                    .at("/crmIntegration");
            assertThat(crm.path("connected").asBoolean()).isFalse();
            assertThat(JsonMapper.shared()
                            .readTree(Browser.get(launcher.page(), "/services.json")
                                    .body())
                            .findValuesAsString("name"))
                    .containsExactly("furniture", "accounting");
            assertThat(launcher.output())
                    .contains("CRM is not started. Until it runs on port " + Service.CRM.port(portBase)
                            + ", Accounting has no customers in its lists.")
                    .doesNotContain("Inventory");
        }
    }
}
