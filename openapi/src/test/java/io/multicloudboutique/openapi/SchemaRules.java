package io.multicloudboutique.openapi;

import static io.multicloudboutique.openapi.ContractRule.ofOperations;
import static io.multicloudboutique.openapi.ContractRule.ofSchemas;
import static io.multicloudboutique.openapi.ContractRule.when;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules about schemas: every value is bounded, and generators, validators and languages interpret schemas alike. */
final class SchemaRules {

    static final ContractRule TYPED_SCHEMAS = ofSchemas(
            "typed-schemas", "Every schema has a type.", schema -> when(!schema.has("type"), "give it a type"));

    static final ContractRule PLAIN_SCHEMAS = ofSchemas(
            "plain-schemas",
            "A schema uses none of the keywords that generators interpret differently: nullable, allOf, oneOf, anyOf, not, "
                    + "additionalProperties, discriminator. A field has a value or is absent; unknown fields are ignored.",
            schema -> Stream.of("nullable", "allOf", "oneOf", "anyOf", "not", "additionalProperties", "discriminator")
                    .filter(schema::has)
                    .map(keyword -> "remove " + keyword));

    static final ContractRule REQUIRED_PROPERTIES = ofSchemas(
            "required-properties",
            "Every required property is declared.",
            schema -> schema.at("required")
                    .children()
                    .map(name -> name.value().asString())
                    .filter(name -> !schema.at("properties").has(name))
                    .map(name -> "declare the property " + name + " or remove it from required"));

    static final ContractRule BOUNDED_STRINGS = ofSchemas(
            "bounded-strings",
            "Every string has a maxLength, an enum, or a format that bounds it (date, date-time, uuid).",
            schema -> when(
                    isType(schema, "string")
                            && !schema.has("maxLength")
                            && !schema.has("enum")
                            && !Set.of("date", "date-time", "uuid").contains(schema.text("format")),
                    "give it a maxLength"));

    static final ContractRule BOUNDED_ARRAYS = ofSchemas(
            "bounded-arrays",
            "Every array has a maxItems.",
            schema -> when(isType(schema, "array") && !schema.has("maxItems"), "give it a maxItems"));

    static final ContractRule BOUNDED_NUMBERS = ofSchemas(
            "bounded-numbers",
            "Every number and integer has a minimum and a maximum.",
            schema -> when(
                    (isType(schema, "number") || isType(schema, "integer"))
                            && !(schema.has("minimum") && schema.has("maximum")),
                    "give it a minimum and a maximum"));

    static final ContractRule INTEGER_FORMATS = ofSchemas(
            "integer-formats",
            "Every integer has the format int32 or int64, and its bounds fit the format.",
            schema -> {
                if (!isType(schema, "integer")) {
                    return Stream.empty();
                }
                int bits = schema.text("format").equals("int32") ? 32 : 64;
                return Stream.concat(
                        when(
                                !Set.of("int32", "int64").contains(schema.text("format")),
                                "give it the format int32 or int64"),
                        Stream.of("minimum", "maximum")
                                .filter(bound -> schema.value().path(bound).isIntegralNumber()
                                        && schema.value()
                                                        .path(bound)
                                                        .bigIntegerValue()
                                                        .bitLength()
                                                >= bits)
                                .map(bound -> "choose a " + bound + " that an int" + bits + " can hold"));
            });

    static final ContractRule FRACTION_DIGITS = ofSchemas(
            "fraction-digits",
            "Every number has the format double, and the number of its decimals in x-fraction-digits. The services enforce it. Without "
                    + "the format, some generators choose a type of 32 bits.",
            schema -> {
                JsonNode digits = schema.value().path("x-fraction-digits");
                boolean agree = isType(schema, "number")
                        ? schema.text("format").equals("double") && digits.isInt() && digits.intValue() >= 0
                        : digits.isMissingNode();
                return when(!agree, "declare format: double and x-fraction-digits for numbers, and only for them");
            });

    static final ContractRule NO_MULTIPLE_OF = ofSchemas(
            "no-multiple-of",
            "No schema has a multipleOf: validators divide doubles, and reject valid amounts such as 19.99.",
            schema -> when(schema.has("multipleOf"), "replace multipleOf with x-fraction-digits"));

    private static final BigDecimal MAX_EXACT_INTEGER = BigDecimal.valueOf((1L << 53) - 1);

    static final ContractRule EXACT_NUMBERS = ofSchemas(
            "exact-numbers",
            "A double can hold every value of a number or integer exactly: without the decimal point, no bound exceeds "
                    + "9007199254740991 (2^53 − 1).",
            schema -> Stream.of("minimum", "maximum")
                    .filter(bound -> schema.value().path(bound).isNumber())
                    .filter(bound -> schema.value()
                                    .path(bound)
                                    .decimalValue()
                                    .abs()
                                    .movePointRight(schema.value()
                                            .path("x-fraction-digits")
                                            .asInt(0))
                                    .compareTo(MAX_EXACT_INTEGER)
                            > 0)
                    .map(bound -> "choose a " + bound + " that a double can hold exactly"));

    static final ContractRule PORTABLE_PATTERNS = ofSchemas(
            "portable-patterns",
            "Every pattern is anchored with ^ and $ and means the same in Java, JavaScript, Python, Rust and RE2. It has no "
                    + "lookaround, back reference, possessive quantifier or flag. Its only escapes are \\xNN, \\t, \\r, "
                    + "\\n and escaped punctuation (\\d, \\w, \\s, \\b and \\p differ).",
            schema -> schema.has("pattern") ? patternRemedies(schema.text("pattern")) : Stream.empty());

    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9A-Fa-f]{2}|.)");
    private static final Pattern PORTABLE_ESCAPE = Pattern.compile("\\\\(x[0-9A-Fa-f]{2}|[trn]|[^A-Za-z0-9])");

    private static Stream<String> patternRemedies(String pattern) {
        // Escapes and character classes are replaced, so only the structure of the pattern remains.
        String structure = ESCAPE.matcher(pattern).replaceAll("_").replaceAll("\\[[^\\]]*]", "_");
        return Stream.of(
                        when(!compiles(pattern), "fix the pattern, which Java cannot parse"),
                        when(!isAnchored(structure), "enclose the pattern in ^ and $, and alternatives in parentheses"),
                        when(
                                structure.contains("(?")
                                        && !structure.replace("(?:", "").equals(structure.replace("(?", "")),
                                "remove lookarounds, flags and named groups"),
                        when(structure.matches(".*[*+?}]\\+.*"), "remove possessive quantifiers"),
                        ESCAPE.matcher(pattern)
                                .results()
                                .map(MatchResult::group)
                                .filter(escape ->
                                        !PORTABLE_ESCAPE.matcher(escape).matches())
                                .map(escape -> "replace the escape " + escape))
                .flatMap(remedies -> remedies);
    }

    private static boolean compiles(String pattern) {
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static boolean isAnchored(String structure) {
        // Innermost groups are replaced until none is left. A remaining | is then outside all groups.
        String outermost = structure;
        Matcher group = Pattern.compile("\\([^()]*\\)").matcher(outermost);
        while (group.find()) {
            outermost = group.replaceAll("_");
            group = Pattern.compile("\\([^()]*\\)").matcher(outermost);
        }
        return outermost.startsWith("^") && outermost.endsWith("$") && !outermost.contains("|");
    }

    private static final String LINE = "[ \\xA0]*[^\\x00-\\x20\\x7F-\\xA0][^\\x00-\\x1F\\x7F-\\x9F]*";
    private static final Set<String> LINES = Set.of("^" + LINE + "$", "^(" + LINE + ")?$");

    static final ContractRule VISIBLE_LINES = ofSchemas(
            "visible-lines",
            "A string whose pattern excludes characters ([^…]) has x-visible-line: true. The services then reject text without "
                    + "a visible character, and text with U+2028 or U+2029, which a portable pattern cannot name. They check "
                    + "another pattern than that of a line of text only if x-pattern-message explains it.",
            schema -> {
                boolean marked = schema.value().path("x-visible-line").booleanValue(false);
                boolean concerned = schema.has("x-visible-line")
                        || schema.has("pattern") && schema.text("pattern").contains("[^");
                boolean explained = schema.has("x-pattern-message") || LINES.contains(schema.text("pattern"));
                return when(
                        concerned
                                && !(marked
                                        && explained
                                        && schema.text("pattern").contains("[^")),
                        "give it a pattern with [^…] and x-visible-line: true, and explain another pattern than that of a line "
                                + "of text with x-pattern-message");
            });

    static final ContractRule CHANGE_SCHEMAS = ofSchemas(
            "change-schemas",
            "A …Change schema has no required properties and no defaults: omitted fields keep their values.",
            (contracts, schema) -> isComponent(schema) && schema.key().endsWith("Change")
                    ? Stream.concat(
                            when(schema.has("required"), "remove required"),
                            schema.at("properties")
                                    .children()
                                    .filter(property ->
                                            contracts.follow(property).has("default"))
                                    .map(property -> "remove the default of " + property.key()))
                    : Stream.empty());

    static final ContractRule CREATE_BODIES = ofOperations(
            "create-bodies",
            "The body of a create operation is a …Draft schema. A name such as NewToy would collide with the constructor of Toy in Go.",
            operation -> when(
                    operation.isCreate()
                            && operation.hasBody()
                            && !bodySchema(operation).endsWith("Draft"),
                    "use a schema whose name ends in Draft"));

    static final ContractRule PUT_BODIES = ofOperations(
            "put-bodies",
            "The body of a PUT is a …Change schema: PUT merges.",
            operation -> when(
                    operation.is(HttpMethod.PUT) && !bodySchema(operation).endsWith("Change"),
                    "use a schema whose name ends in Change"));

    /** The reference to the schema of the request body; empty if the schema has no name. */
    private static String bodySchema(ContractOperation operation) {
        return operation
                .written()
                .at("requestBody")
                .at("content")
                .at("application/json")
                .at("schema")
                .text("$ref");
    }

    private static boolean isType(Place schema, String type) {
        return schema.text("type").equals(type);
    }

    private static boolean isComponent(Place schema) {
        return schema.pointer().head().toString().equals("/components/schemas");
    }

    static final List<ContractRule> ALL = List.of(
            TYPED_SCHEMAS,
            PLAIN_SCHEMAS,
            REQUIRED_PROPERTIES,
            BOUNDED_STRINGS,
            BOUNDED_ARRAYS,
            BOUNDED_NUMBERS,
            INTEGER_FORMATS,
            FRACTION_DIGITS,
            NO_MULTIPLE_OF,
            EXACT_NUMBERS,
            PORTABLE_PATTERNS,
            VISIBLE_LINES,
            CHANGE_SCHEMAS,
            CREATE_BODIES,
            PUT_BODIES);

    private SchemaRules() {}
}
