package io.multicloudboutique.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules about examples: they exist and conform to the schemas. */
final class ExampleRules {

    static final ContractRule NAMED_EXAMPLES = new ContractRule(
            "named-examples",
            "Every request body and every response with content has at least one named example, and each example has a summary.",
            contracts -> contracts
                    .judgedDocuments()
                    .flatMap(document -> document.mediaTypes().stream())
                    .filter(mediaType -> mediaType.at("examples").value().isEmpty()
                            || mediaType
                                    .at("examples")
                                    .children()
                                    .map(contracts::follow)
                                    .anyMatch(example -> example.text("summary").isBlank()))
                    .map(mediaType -> new Violation(
                            mediaType.toString(), "add a named example with a summary, or the missing summary")));

    static final ContractRule VALID_EXAMPLES =
            new ContractRule("valid-examples", "Every example and every default conforms to its schema.", contracts -> {
                SchemaValidation validation = new SchemaValidation(contracts);
                return samples(contracts)
                        .flatMap(sample -> validation
                                .errors(sample.schema, sample.value.value())
                                .map(error -> new Violation(sample.value.toString(), "fix the value: " + error)));
            });

    static final ContractRule KNOWN_FIELDS = new ContractRule(
            "known-fields",
            "An example has no field that its schema does not declare.",
            contracts -> samples(contracts)
                    .flatMap(sample -> unknownFields(contracts, sample.schema, sample.value))
                    .map(field -> new Violation(field.toString(), "remove the field or declare it in the schema")));

    static final ContractRule UNFILLED_PARAMETERS = new ContractRule(
            "unfilled-parameters",
            "An optional parameter has no example, nor does its schema: Swagger UI would send the example, for instance as a filter, and return only part of a list.",
            contracts -> contracts
                    .judgedDocuments()
                    .flatMap(document -> document.parametersAndHeaders().stream())
                    .filter(place -> place.has("in") && !place.has("required"))
                    .filter(parameter -> parameter.has("example")
                            || contracts.follow(parameter.at("schema")).has("example"))
                    .map(parameter -> new Violation(
                            parameter.toString(), "remove the example from the parameter or from its schema")));

    static final ContractRule FILLED_PATHS = new ContractRule(
            "filled-paths",
            "Every path parameter has an example of its own: tools that call each operation once need it, and many ignore the example of "
                    + "the schema.",
            contracts -> contracts
                    .judgedDocuments()
                    .flatMap(document -> document.parametersAndHeaders().stream())
                    .filter(place -> place.text("in").equals("path") && !place.has("example"))
                    .map(parameter -> new Violation(parameter.toString(), "add an example")));

    /** An example or default value, and the schema to which it must conform. */
    private record Sample(Place schema, Place value) {}

    private static Stream<Sample> samples(Contracts contracts) {
        return contracts.judgedDocuments().flatMap(document -> {
            List<Sample> samples = new ArrayList<>();
            document.mediaTypes()
                    .forEach(mediaType -> mediaType
                            .at("examples")
                            .children()
                            .map(example -> contracts.follow(example).at("value"))
                            .forEach(value -> samples.add(new Sample(mediaType.at("schema"), value))));
            document.parametersAndHeaders().stream()
                    .filter(place -> place.has("example"))
                    .forEach(place -> samples.add(new Sample(place.at("schema"), place.at("example"))));
            document.schemas()
                    .forEach(schema -> Stream.of("example", "default")
                            .filter(schema::has)
                            .forEach(key -> samples.add(new Sample(schema, schema.at(key)))));
            return samples.stream();
        });
    }

    private static Stream<Place> unknownFields(Contracts contracts, Place reference, Place value) {
        Place schema = contracts.follow(reference);
        if (value.value().isArray()) {
            return value.children().flatMap(element -> unknownFields(contracts, schema.at("items"), element));
        }
        return value.children()
                .flatMap(field -> schema.at("properties").has(field.key())
                        ? unknownFields(contracts, schema.at("properties").at(field.key()), field)
                        : Stream.of(field));
    }

    /** Validates values against OpenAPI 3.0 schemas. References are resolved only within the contracts. */
    private static final class SchemaValidation {
        private static final String BASE = "https://contracts.invalid/";

        private final SchemaRegistry registry;

        SchemaValidation(Contracts contracts) {
            Map<String, Document> files = contracts.byFile();
            registry = SchemaRegistry.withDefaultDialect(
                    Dialects.getOpenApi30(),
                    builder -> builder.schemas(iri -> iri.startsWith(BASE) && files.containsKey(file(iri))
                            ? files.get(file(iri)).root().value().toString()
                            : null));
        }

        private static String file(String iri) {
            return iri.substring(BASE.length());
        }

        Stream<String> errors(Place schema, JsonNode value) {
            // A $ref loads each file only once. A schema with its own location would load the file again.
            Schema validator = registry.getSchema(
                    JsonMapper.shared().createObjectNode().put("$ref", BASE + schema.file() + "#" + schema.pointer()));
            try {
                return validator
                        .validate(
                                value,
                                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                        .stream()
                        .map(Object::toString);
            } catch (SchemaException e) {
                return Stream.of("its schema cannot be read: " + e.getMessage());
            }
        }
    }

    static final List<ContractRule> ALL =
            List.of(NAMED_EXAMPLES, VALID_EXAMPLES, KNOWN_FIELDS, UNFILLED_PARAMETERS, FILLED_PATHS);

    private ExampleRules() {}
}
