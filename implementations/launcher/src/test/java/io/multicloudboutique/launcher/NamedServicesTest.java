package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A start of some services only. */
class NamedServicesTest {

    @Test
    void onlyTheNamedServicesStartAndMissingUpstreamsAreReported(@TempDir Path folder) throws Exception {
        var portBase = RunningLauncher.freePortBase();
        // The port of a service that is not named need not be free.
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
                    .contains("CRM is not started: Accounting calls it on port " + Service.CRM.port(portBase))
                    .doesNotContain("Inventory");
        }
    }
}
