package io.multicloudboutique.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectImageResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.testcontainers.DockerClientFactory;

/** Properties of each image that do not depend on the platform. */
@NeedsEngine
class ImageTest {

    static final List<String> SERVICES = Topology.SERVICES;

    @BeforeAll
    static void build() {
        Topology.buildImages();
    }

    /** With AOTMode=on, the JVM exits if it cannot use the AOT cache. By default, it would start without the cache. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void withoutADatabaseTheImageExitsWithASingleErrorLine(String service) {
        var refused = Command.run(
                "docker",
                "run",
                "--rm",
                "--read-only",
                "--memory=512m",
                "--cap-drop=ALL",
                "--env=BOUTIQUE_SECURITY_MODE=none",
                "--env=JDK_JAVA_OPTIONS=-XX:AOTMode=on",
                "boutique-" + service);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors().lines().filter(line -> !line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS")))
                .as(refused.output())
                .containsExactly("DATABASE_URL is not set: set it to a PostgreSQL database, "
                        + "postgresql://user:password@host:port/database?sslmode=require. "
                        + "To try the services without your own database, run ./boutique.");
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void imageHasATitleAndRunsJavaDirectlyAsAnUnprivilegedUser(String service) {
        InspectImageResponse image = DockerClientFactory.instance()
                .client()
                .inspectImageCmd("boutique-" + service)
                .exec();
        var config = image.getConfig();
        assertThat(config.getUser())
                .as("user id, numeric so that Kubernetes can verify that it is not root")
                .isEqualTo("10001:10001");
        assertThat(config.getEntrypoint())
                .as("entry point, without a shell, because a shell would not forward signals")
                .startsWith("java");
        assertThat(config.getLabels()).containsEntry("org.opencontainers.image.title", "boutique-" + service);
    }
}
