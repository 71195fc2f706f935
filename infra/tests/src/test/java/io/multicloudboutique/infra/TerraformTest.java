package io.multicloudboutique.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Runs Terraform's own checks and tests for both clouds. Also checks rules that apply to all resources, including
 * resources that are added later.
 */
@NeedsEngine
@Execution(ExecutionMode.CONCURRENT) // in parallel with the other test classes, which mostly wait for containers
class TerraformTest {

    static final List<String> CLOUDS = List.of("gcp", "azure");

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0/0", "::/0", "*", "Internet", "Any");

    private static Terraform terraform;

    /** For each cloud, all runs of its tests and the resources that the runs with the command apply created. */
    private static Map<String, Terraform.Tests> tests;

    @BeforeAll
    static void run() {
        terraform = new Terraform();
        tests = CLOUDS.parallelStream().collect(Collectors.toMap(Function.identity(), cloud -> {
            terraform.run(cloud, "init", "-backend=false", "-input=false").orFail();
            return terraform.test(cloud);
        }));
    }

    @AfterAll
    static void stop() {
        if (terraform != null) {
            terraform.close();
        }
    }

    @Test
    void isFormatted() {
        assertThat(terraform.run(".", "fmt", "-check", "-diff", "-recursive")).satisfies(Terraform::succeeded);
    }

    @ParameterizedTest
    @FieldSource("CLOUDS")
    void isValid(String cloud) {
        assertThat(terraform.run(cloud, "validate")).satisfies(Terraform::succeeded);
    }

    /** One dynamic test for each run block, with the block's name. */
    @TestFactory
    Stream<DynamicNode> passes() {
        return CLOUDS.stream()
                .map(cloud -> dynamicContainer(
                        cloud,
                        tests.get(cloud).runs().stream()
                                .collect(Collectors.groupingBy(Terraform.Run::file))
                                .entrySet()
                                .stream()
                                .map(file -> dynamicContainer(
                                        file.getKey(),
                                        file.getValue().stream()
                                                .map(run -> dynamicTest(
                                                        run.name(),
                                                        () -> assertThat(run.status())
                                                                .as(run.diagnostics())
                                                                .isEqualTo("pass")))))));
    }

    @ParameterizedTest
    @FieldSource("CLOUDS")
    void everyResourceThatSupportsLabelsIsLabelled(String cloud) {
        var labels = cloud.equals("azure") ? List.of("tags") : List.of("user_labels", "labels");
        var unlabelled = tests.get(cloud).applied().stream()
                .filter(resource -> labels.stream()
                        .filter(resource::takes)
                        .findFirst()
                        .map(name -> !resource.values()
                                .path(name)
                                .path("application")
                                .asString("")
                                .equals("multicloud-boutique"))
                        .orElse(false))
                .map(Terraform.Resource::address);
        assertThat(unlabelled).isEmpty();
    }

    @Test
    void onGoogleCloudOnlyTheServicePortIsOpenToOtherSourcesThanIap() {
        assertThat(ofType("gcp", "google_compute_firewall")).isNotEmpty().allSatisfy(firewall -> {
            for (var allowed : firewall.values().path("allow")) {
                if (!texts(allowed.path("ports")).equals(Set.of("8080"))) {
                    assertThat(texts(firewall.values().path("source_ranges")))
                            .as(firewall.address())
                            .containsOnly("35.235.240.0/20");
                }
            }
        });
    }

    @Test
    void onAzureOnlyTheServicePortIsOpenToEveryone() {
        assertThat(ofType("azure", "azurerm_network_security_rule"))
                .isNotEmpty()
                .allSatisfy(rule -> {
                    var values = rule.values();
                    var ports = texts(values.path("destination_port_ranges"), values.path("destination_port_range"));
                    if (values.path("direction").asString().equals("Inbound")
                            && values.path("access").asString().equals("Allow")
                            && !ports.equals(Set.of("8080"))) {
                        assertThat(texts(values.path("source_address_prefixes"), values.path("source_address_prefix")))
                                .as(rule.address())
                                .isNotEmpty()
                                .doesNotContainAnyElementsOf(EVERYWHERE);
                    }
                });
    }

    /**
     * The previous test checks only rules that are separate resources. Rules inside a group would also remove the
     * separate rules.
     */
    @Test
    void onAzureSecurityRulesAreSeparateResources() {
        assertThat(ofType("azure", "azurerm_network_security_group"))
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.values().path("security_rule"))
                        .as(group.address())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"allUsers", "allAuthenticatedUsers"})
    void onGoogleCloudPublicGrantsAreOnlyForCloudRunServices(String everyone) {
        assertThat(tests.get("gcp").applied())
                .filteredOn(resource -> texts(
                                resource.values().path("members"),
                                resource.values().path("member"))
                        .contains(everyone))
                .extracting(Terraform.Resource::type)
                .isSubsetOf("google_cloud_run_v2_service_iam_member");
    }

    private static List<Terraform.Resource> ofType(String cloud, String type) {
        return tests.get(cloud).applied().stream()
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    private static Set<String> texts(JsonNode... values) {
        return Stream.of(values)
                .flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value))
                .map(value -> value.asString(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toSet());
    }
}
