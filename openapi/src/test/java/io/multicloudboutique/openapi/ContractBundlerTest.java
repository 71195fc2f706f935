package io.multicloudboutique.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.swagger.v3.core.util.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ContractBundlerTest {

    private static final Path SOURCES = Resources.folder("/openapi");
    private static final Path BUNDLES = Resources.folder("/openapi/bundled");
    private static final Contracts CONTRACTS = Contracts.in(SOURCES);
    private static final Map<String, Contracts> READ_BUNDLES =
            contracts().stream().collect(Collectors.toMap(Contract::service, ContractBundlerTest::readBundle));
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The rules about the file that contains a definition. In a bundle, all definitions are in the same file. */
    private static final Set<String> RULES_ABOUT_FILES =
            Set.of("health", "problem-json", "problem-words", "problem-catalogue", "shown-codes");

    static List<Contract> contracts() {
        return CONTRACTS.judged();
    }

    static List<ContractRule> rules() {
        return ContractRule.ALL.stream()
                .filter(rule -> !RULES_ABOUT_FILES.contains(rule.id()))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void everyBundleFollowsTheRule(ContractRule rule) {
        // Each bundle on its own, so a component counts as used only if its own bundle uses it.
        assertThat(contracts().stream().flatMap(contract -> rule.violations(bundle(contract)).stream()))
                .as(rule.demand())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void referencesLeadToComponentsOfTheBundle(Contract contract) {
        assertThat(bundled(contract).references())
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(reference.text("$ref")).startsWith("#/components/"));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void aBundleHasTheMeaningAndTheOrderOfItsSource(Contract contract) {
        var source = contract.written().root();
        var bundle = bundled(contract).root();

        assertThat(bundle.value().propertyNames())
                .containsExactlyElementsOf(source.value().propertyNames());
        source.children()
                .filter(part -> !part.key().equals("components"))
                .forEach(part -> assertThat(expanded(bundle(contract), bundle.at(part.key())))
                        .as(part.toString())
                        .isEqualTo(expanded(CONTRACTS, part)));
        bundled(contract)
                .components()
                .forEach(component -> assertThat(expanded(bundle(contract), component))
                        .as(component.toString())
                        .isEqualTo(expanded(CONTRACTS, source(contract, component))));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void theComponentsOfEachKindHaveTheOrderOfTheContractAndThenOfTheSharedFiles(Contract contract) {
        var bundle = pointers(Stream.of(bundled(contract)));
        var sources = pointers(Stream.concat(Stream.of(contract.written()), CONTRACTS.shared().stream()));
        sources.retainAll(bundle);

        assertThat(byKind(bundle)).isEqualTo(byKind(sources));
    }

    private static Set<JsonPointer> pointers(Stream<Document> documents) {
        return documents
                .flatMap(Document::components)
                .map(Place::pointer)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Map<JsonPointer, List<JsonPointer>> byKind(Set<JsonPointer> components) {
        return components.stream().collect(Collectors.groupingBy(JsonPointer::head));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void theParserResolvesABundleAsItsSource(Contract contract) {
        assertThat(resolved(bundle(contract).judged().get(0))).containsExactlyElementsOf(resolved(contract));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void theJsonHasTheContentOfTheYaml(Contract contract) {
        var json = JSON.readTree(BUNDLES.resolve(contract.service() + ".json"));

        assertThat(json.toString()).isEqualTo(bundled(contract).root().value().toString());
    }

    @Test
    void everyBuildWritesTheSameBytes(@TempDir Path again) throws IOException {
        ContractBundler.main(new String[] {SOURCES.toString(), again.toString()});

        try (Stream<Path> bundles = Files.list(BUNDLES)) {
            assertThat(bundles)
                    .hasSize(2 * contracts().size())
                    .allSatisfy(bundle ->
                            assertThat(again.resolve(bundle.getFileName())).hasSameBinaryContentAs(bundle));
        }
    }

    @Test
    void twoUsedComponentsWithTheSameNameAreRejected(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("shared"));
        Files.writeString(folder.resolve("shared/common.yaml"), "components: {schemas: {Text: {type: string}}}");
        Files.writeString(folder.resolve("shop.yaml"), """
                paths: {$ref: 'shared/common.yaml#/components/schemas/Text'}
                components: {schemas: {Text: {type: integer}}}
                """);

        assertThatIllegalStateException()
                .isThrownBy(() -> ContractBundler.main(new String[] {folder.toString(), folder + "/bundled"}))
                .withMessageContainingAll("shop.yaml", "shared/common.yaml", "/components/schemas/Text");
    }

    private static Document bundled(Contract contract) {
        return bundle(contract).judged().get(0).written();
    }

    private static Contracts bundle(Contract contract) {
        return READ_BUNDLES.get(contract.service());
    }

    private static Contracts readBundle(Contract contract) {
        var document = Document.read(BUNDLES, contract.written().file());
        return new Contracts(List.of(Contract.read(BUNDLES, document)), List.of(), List.of());
    }

    /** Returns the definition with the pointer of this component, in the contract or in a shared file. */
    private static Place source(Contract contract, Place component) {
        return Stream.concat(Stream.of(contract.written()), CONTRACTS.shared().stream())
                .map(document -> new Place(
                        document.file(),
                        component.pointer(),
                        document.root().value().at(component.pointer())))
                .filter(Place::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No source has " + component));
    }

    /** Returns the value as JSON text, in which every reference is replaced by its target. */
    private static String expanded(Contracts contracts, Place place) {
        return expandedValue(contracts, place).toString();
    }

    private static JsonNode expandedValue(Contracts contracts, Place place) {
        Place target = contracts.follow(place);
        if (target.value().isArray()) {
            ArrayNode array = JSON.createArrayNode();
            target.children().forEach(item -> array.add(expandedValue(contracts, item)));
            return array;
        }
        if (target.value().isObject()) {
            ObjectNode object = JSON.createObjectNode();
            target.children().forEach(child -> object.set(child.key(), expandedValue(contracts, child)));
            return object;
        }
        assertThat(target.exists()).as(place.toString()).isTrue();
        return target.value();
    }

    /** Returns the lines of the parser's fully resolved model without its components, which its operations contain. */
    private static List<String> resolved(Contract contract) {
        var model = (ObjectNode) JSON.readTree(Json.pretty(contract.resolved()));
        model.remove("components");
        removeDefaults(model);
        return model.toPrettyString().lines().toList();
    }

    /** Removes the defaults of OpenAPI. The parser adds them to a parameter or header only if it is in the same file. */
    private static void removeDefaults(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("style", "explode"));
            if (object.path("required").isBoolean() && !object.path("required").booleanValue()) {
                object.remove("required");
            }
        }
        node.forEach(ContractBundlerTest::removeDefaults);
    }
}
