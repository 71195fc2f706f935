package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Test requests that are derived from a contract: invalid requests, and unusual requests that are valid. Each of them
 * is a valid request, built from the contract's examples, with one change.
 */
public final class BadInputs {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MARK = "@here@";

    /** Blank characters, and characters that have no glyph of their own. */
    private static final List<String> INVISIBLE = List.of(
            "\u00A0", // no-break space
            "\u00AD", // soft hyphen
            "\u0301", // combining acute accent
            "\u034F", // combining grapheme joiner
            "\u115F", // Hangul filler, formally a letter
            "\u180E", // Mongolian vowel separator
            "\u200B", // zero width space
            "\u2060", // word joiner
            "\u20DD", // combining enclosing circle
            "\u2800", // Braille pattern without dots, formally a symbol
            "\u3000", // ideographic space
            "\u3164", // Hangul filler, formally a letter
            "\uFE0F", // variation selector
            "\uFEFF", // byte order mark
            "\uFFA0", // halfwidth Hangul filler, formally a letter
            "\uDB40\uDC41"); // tag U+E0041

    private static final Set<Integer> SEPARATORS = types(Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR);
    private static final Set<Integer> INVISIBLE_TYPES = types(
            Character.SPACE_SEPARATOR,
            Character.CONTROL,
            Character.FORMAT,
            Character.NON_SPACING_MARK,
            Character.COMBINING_SPACING_MARK,
            Character.ENCLOSING_MARK);

    private static Set<Integer> types(byte... types) {
        var all = new HashSet<Integer>();
        for (var type : types) {
            all.add((int) type);
        }
        return all;
    }

    private final ContractOperation operation;
    private final Map<String, String> ids;
    private final ObjectNode body = JSON.createObjectNode();
    private final Request valid;
    private final List<Case> refused = new ArrayList<>();
    private final List<Case> accepted = new ArrayList<>();

    private BadInputs(ContractOperation operation, Map<String, String> ids) {
        this.operation = operation;
        this.ids = ids;
        // Merges all examples, so the body has every field that any example has.
        operation.requests().values().forEach(example -> body.setAll((ObjectNode) example));
        var bare = new Request(operation.method(), operation.pathOf(ids), List.of(), null);
        valid = operation.body() == null
                ? bare
                : bare.header("Content-Type", "application/json").body(body.toString());
    }

    /**
     * Returns requests that the contract forbids, each with one mistake.
     *
     * @param service the name of the service
     * @param ids for each path parameter, the id of an existing item
     */
    public static Stream<Case> refused(String service, Map<String, String> ids) {
        return ofAllOperations(service, ids).flatMap(inputs -> inputs.refused.stream());
    }

    /**
     * Returns valid requests at the limits of the contract.
     *
     * @param service the name of the service
     * @param ids for each path parameter, the id of an existing item
     */
    public static Stream<Case> accepted(String service, Map<String, String> ids) {
        return ofAllOperations(service, ids).flatMap(inputs -> inputs.accepted.stream());
    }

    private static Stream<BadInputs> ofAllOperations(String service, Map<String, String> ids) {
        return ContractOperation.of(service).stream().map(operation -> new BadInputs(operation, ids).derive());
    }

    private BadInputs derive() {
        refuse("the client accepts only XML", valid.header("Accept", "application/xml"), 406, "not-acceptable");
        operation.parameters().forEach(this::changeParameter);
        if (operation.body() != null) {
            changeBody();
            changeValue(operation.body(), "");
        }
        return this;
    }

    private void changeParameter(Parameter parameter) {
        var name = parameter.getName();
        var pointer = parameter.getIn() + ":" + name;
        var texts = texts(parameter.getSchema());
        switch (parameter.getIn()) {
            case "path" -> {
                texts.remove("is empty"); // that would be a different path
                texts.put("follows a space", " " + ids.get(name));
                texts.forEach((mistake, text) -> {
                    var others = new HashMap<>(ids);
                    others.put(name, encoded(text));
                    var request = valid.path(operation.pathOf(others));
                    refuse(pointer + " " + mistake, request, 404, "not-found");
                });
            }
            case "query" -> {
                if (name.equals("cursor")) {
                    texts.put("belongs to no list", base64("no key"));
                    texts.put("is not Base64", "A");
                    texts.put("contains NUL", base64("\0"));
                    texts.put("does not decode to UTF-8", "_w");
                }
                texts.forEach((mistake, text) -> invalid(pointer + " " + mistake, valid.query(name, text), pointer));
                var once = valid.query(name, parameter.getSchema().getType().equals("integer") ? "1" : "a");
                invalid(pointer + " occurs twice", once.query(name, "2"), pointer);
            }
            default -> {
                headers(parameter.getSchema())
                        .forEach(
                                (mistake, text) -> invalid(pointer + " " + mistake, valid.header(name, text), pointer));
                if (name.equals("Idempotency-Key")) { // the others are lists, which can have several headers
                    invalid(pointer + " occurs twice", valid.header(name, "a").header(name, "b"), pointer);
                    invalid(
                            pointer + " occurs twice alike",
                            valid.header(name, "a").header(name, "a"),
                            pointer);
                }
            }
        }
    }

    private void changeBody() {
        var text = body.toString();
        malformed("is not JSON", "name=value");
        malformed("is a space", " ");
        malformed("is truncated", text.substring(0, text.length() - 1));
        malformed("is followed by a letter", text + "x");
        malformed("is repeated", text + text);
        malformed("is nested too deeply", with("/unheardOf", "[".repeat(5000) + "]".repeat(5000)));
        malformed("has a number that is too long", with("/unheardOf", "1".repeat(1001)));
        malformed("has a field name that is too long", with("/unheardOf", "{\"" + "x".repeat(50_001) + "\":1}"));
        malformed("has an unknown field twice", with("/unheardOf", "1,\"unheardOf\":1"));
        if (operation.bodyRequired()) {
            malformed("is empty", "");
        } else {
            accept("the body is empty", valid.body(""), "");
        }
        var large = valid.body(with("/unheardOf", "\"" + "x".repeat(70_000) + "\""));
        refuse("the body is too large", large, 413, "content-too-large");
        var untyped = new Request(valid.method(), valid.path(), List.of(), valid.body());
        for (var type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded")) {
            refuse("the Content-Type is " + type, untyped.header("Content-Type", type), 415, "unsupported-media-type");
        }
        for (var coding : List.of("gzip", "identity, br", "unheard-of")) {
            refuse(
                    "the Content-Encoding is " + coding,
                    valid.header("Content-Encoding", coding),
                    415,
                    "unsupported-media-type");
        }
        accept("the Content-Encoding is identity", valid.header("Content-Encoding", "identity"), "");
        refuse("the Content-Type is missing", untyped, 415, "unsupported-media-type");
    }

    private void changeValue(Schema<?> schema, String pointer) {
        badValues(schema, pointer)
                .forEach((mistake, json) ->
                        invalid(name(pointer) + " " + mistake, valid.body(with(pointer, json)), pointer));
        goodValues(schema, pointer)
                .forEach((detail, json) ->
                        accept(name(pointer) + " " + detail, valid.body(with(pointer, json)), pointer));
        if (schema.getItems() != null) {
            changeValue(schema.getItems(), pointer + "/0");
        }
        if (schema.getProperties() != null) {
            changeFields(schema, pointer);
        }
    }

    private void changeFields(Schema<?> object, String pointer) {
        object.getProperties().forEach((name, schema) -> {
            var field = pointer + "/" + name;
            if (object.getRequired() != null && object.getRequired().contains(name)) {
                invalid(field + " is missing", valid.body(without(field)), field);
            } else {
                accept(field + " is absent", valid.body(without(field)), "");
            }
            if (!body.at(field).isMissingNode()) {
                var value = body.at(field).toString();
                malformed("has " + field + " twice", with(field, value + ",\"" + name + "\":" + value));
            }
            changeValue(schema, field);
        });
        var unknown = pointer + "/unheardOf";
        accept(unknown + " is null", valid.body(with(unknown, "null")), "");
        accept(unknown + " is ignored", valid.body(with(unknown, "{\"a\":[1,{\"b\":null}],\"c\":1e999999999}")), "");
    }

    /** Returns JSON values that the schema forbids, keyed by a description of the mistake. */
    private Map<String, String> badValues(Schema<?> schema, String pointer) {
        var bad = new LinkedHashMap<String, String>();
        bad.put("is null", "null");
        switch (schema.getType()) {
            case "string" -> {
                bad.put("is a number", "5");
                bad.put("is a boolean", "true");
                bad.put("is an array", "[\"a\"]");
                bad.put("is an object", "{}");
                bad.put("is half of a surrogate pair", "\"\\ud800\"");
                bad.put("contains half of a surrogate pair", "\"a\\udc00a\"");
                texts(schema).forEach((mistake, text) -> bad.put(mistake, JSON.writeValueAsString(text)));
            }
            case "integer", "number" -> {
                bad.put("is a string", "\"5\"");
                bad.put("is an empty string", "\"\"");
                bad.put("is a boolean", "true");
                bad.put("is an array", "[5]");
                bad.put("is NaN", "\"NaN\"");
                bad.put(
                        "is below the minimum",
                        schema.getMinimum().subtract(unit(schema)).toPlainString());
                bad.put(
                        "is above the maximum",
                        schema.getMaximum().add(unit(schema)).toPlainString());
                bad.put(
                        "has one decimal too many",
                        unit(schema).movePointLeft(1).add(BigDecimal.ONE).toPlainString());
                bad.put("is 1e999999999", "1e999999999");
                bad.put("is 1e-999999999", "1e-999999999");
                // Truncated to 32 and 64 bits, these values would be 5.
                bad.put(
                        "is 2^32 + 5",
                        BigInteger.TWO.pow(32).add(BigInteger.valueOf(5)).toString());
                bad.put(
                        "is 2^64 + 5",
                        BigInteger.TWO.pow(64).add(BigInteger.valueOf(5)).toString());
                if (schema.getMinimum().signum() >= 0) {
                    bad.put("is -1", "-1");
                }
            }
            case "boolean" -> {
                bad.put("is a string", "\"true\"");
                bad.put("is an empty string", "\"\"");
                bad.put("is a number", "1");
            }
            case "array" -> {
                bad.put("is an object", "{}");
                bad.put("is a string", "\"a\"");
                bad.put("is an empty string", "\"\"");
                bad.put("has one item too many", items(pointer, schema.getMaxItems() + 1));
                if (schema.getMinItems() != null) {
                    bad.put("has one item too few", items(pointer, schema.getMinItems() - 1));
                }
            }
            default -> {
                bad.put("is a string", "\"a\"");
                bad.put("is an empty string", "\"\"");
                bad.put("is an array", "[]");
            }
        }
        return bad;
    }

    /** Returns unusual JSON values that the schema allows, keyed by a description. */
    private Map<String, String> goodValues(Schema<?> schema, String pointer) {
        var good = new LinkedHashMap<String, String>();
        switch (schema.getType()) {
            case "string" -> {
                var length = schema.getMaxLength() == null ? 0 : schema.getMaxLength();
                var texts = new LinkedHashMap<String, String>();
                texts.put("has the maximum length", "a".repeat(length));
                texts.put("has the maximum length in astral characters", "😀".repeat(length));
                texts.put("is one character", "a");
                texts.put("looks like SQL", "' OR 1=1 --");
                if (schema.getEnum() != null) {
                    schema.getEnum().forEach(value -> texts.put("is " + value, value.toString()));
                }
                texts.put("is a character beyond 16 bits", "𠀋");
                texts.put("is an emoji of several characters", "👩\u200D🚀");
                texts.put("has combining characters", "e\u0301ষ্টি");
                texts.put("has blanks and invisible characters around a letter", " \u200B\u00A0a\uFEFF\u3000 ");
                texts.put("is written from right to left", "\u200Fשלום, عالم\u200F");
                texts.values().removeIf(text -> !allows(schema, text));
                texts.forEach((detail, text) -> good.put(detail, JSON.writeValueAsString(text)));
            }
            case "integer", "number" -> {
                good.put("is the minimum", schema.getMinimum().toPlainString());
                good.put("is the maximum", schema.getMaximum().toPlainString());
                // 5.0 is an integer, and 12.990 has two decimals.
                var value = body.at(pointer).isMissingNode()
                        ? schema.getMinimum()
                        : body.at(pointer).decimalValue();
                var zeros = value.setScale(unit(schema).scale() + 1).toPlainString();
                good.put("is " + zeros, zeros);
                good.put(
                        "is " + value.unscaledValue() + "0e" + (-value.scale() - 1),
                        value.unscaledValue() + "0e" + (-value.scale() - 1));
            }
            case "boolean" -> {
                good.put("is true", "true");
                good.put("is false", "false");
            }
            case "array" -> good.put("has the maximum number of items", items(pointer, schema.getMaxItems()));
            default -> {}
        }
        return good;
    }

    private String items(String pointer, int count) {
        return Collections.nCopies(count, body.at(pointer + "/0")).toString();
    }

    /**
     * Returns the smallest step between two numbers of a schema: 1 for integers, 0.01 for numbers with two decimals.
     */
    private static BigDecimal unit(Schema<?> number) {
        var digits =
                number.getExtensions() == null ? null : number.getExtensions().get("x-fraction-digits");
        return BigDecimal.ONE.movePointLeft(digits == null ? 0 : ((Number) digits).intValue());
    }

    /** Returns texts that the schema of a parameter or string forbids, keyed by a description of the mistake. */
    private static Map<String, String> texts(Schema<?> schema) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("is empty", "");
        texts.put("contains NUL", "a\0b");
        texts.put("contains U+001F", "a\u001fb");
        texts.put("contains U+007F", "a\u007fb");
        texts.put("contains U+0085", "a\u0085b");
        texts.put("ends with a line feed", "a\n");
        texts.put("is a space", " ");
        texts.put("ends with a line separator", "a@b\u2028");
        texts.put("contains a line separator", "a@\u2028b");
        texts.put("contains a paragraph separator", "a@\u2029b");
        for (var invisible : INVISIBLE) {
            texts.put("is U+%04X".formatted(invisible.codePointAt(0)), invisible);
        }
        texts.put("consists of invisible characters", " " + String.join("", INVISIBLE) + " ");
        texts.put("contains a space", "a b");
        texts.put("contains a slash", "a/b");
        texts.put("is not ASCII", "é");
        texts.put("is a word", "abc");
        if (schema.getEnum() != null) {
            texts.put("is in upper case", schema.getEnum().get(0).toString().toUpperCase(Locale.ROOT));
        }
        if (schema.getMaxLength() != null) {
            texts.put("is too long", "a".repeat(schema.getMaxLength() + 1));
            texts.put("is one astral character too long", "😀".repeat(schema.getMaxLength() + 1));
        }
        if (schema.getType().equals("integer")) {
            for (var text : List.of("-1", "0", "5.5", "01", "+1", "0x1", " 1", "1 1", "9223372036854775808")) {
                texts.put("is '" + text + "'", text);
            }
            texts.put(
                    "is above the maximum",
                    schema.getMaximum().add(BigDecimal.ONE).toPlainString());
        }
        if (schema.getType().equals("boolean")) {
            for (var text : List.of("yes", "on", "1", "TRUE", "null")) {
                texts.put("is '" + text + "'", text);
            }
        }
        if (schema.getFormat() != null && schema.getFormat().startsWith("date")) {
            texts.put("is a day that does not exist", "2025-02-30");
            texts.put("is a time on a day that does not exist", "2025-02-30T10:00:00Z");
            texts.put("is a time without an offset", "2025-07-20T10:00:00");
            texts.put("is not in ISO 8601 format", "20.07.2025");
            texts.put("is before the year 1", "0000-07-20");
            texts.put("has an offset of 16 hours", "2025-07-20T10:00:00-16:00");
            texts.put("has an offset of 18 hours", "2025-07-20T10:00:00+18:00");
        }
        texts.values().removeIf(text -> allows(schema, text));
        return texts;
    }

    /**
     * Returns header values that the schema forbids and that an HTTP client can send, keyed by a description of the
     * mistake.
     */
    private static Map<String, String> headers(Schema<?> schema) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("is empty", "");
        texts.put("has 256 characters", "a".repeat(256));
        texts.put("has 256 characters in quotes", '"' + "a".repeat(256) + '"');
        texts.put("is too long", '"' + "a".repeat(schema.getMaxLength()) + '"');
        for (var text : List.of(
                "abc",
                "a b",
                "\"",
                "\"\"",
                "\"abc",
                "a\"b",
                "\"a\"b\"",
                "W/",
                "W/a",
                "\"a\" \"b\"",
                "\"a\",",
                "*,\"a\"")) {
            texts.put("is " + text, text);
        }
        texts.values().removeIf(text -> allows(schema, text));
        return texts;
    }

    private static boolean allows(Schema<?> schema, String text) {
        if (schema.getType().equals("integer")) {
            return text.matches("-?(0|[1-9][0-9]{0,17})")
                    && new BigDecimal(text).compareTo(schema.getMinimum()) >= 0
                    && new BigDecimal(text).compareTo(schema.getMaximum()) <= 0;
        }
        if (schema.getType().equals("boolean")) {
            return text.equals("true") || text.equals("false");
        }
        var length = text.codePointCount(0, text.length());
        return (schema.getEnum() == null || schema.getEnum().contains(text))
                && (schema.getMinLength() == null || length >= schema.getMinLength())
                && (schema.getMaxLength() == null || length <= schema.getMaxLength())
                && (schema.getPattern() == null || text.matches(schema.getPattern()))
                && (schema.getExtensions() == null
                        || !schema.getExtensions().containsKey("x-visible-line")
                        || text.isEmpty()
                        || isVisibleLine(text))
                && (schema.getFormat() == null || hasFormat(schema.getFormat(), text));
    }

    private static boolean isVisibleLine(String text) {
        return text.codePoints().noneMatch(point -> SEPARATORS.contains(Character.getType(point)))
                && text.codePoints()
                        .anyMatch(point -> !INVISIBLE_TYPES.contains(Character.getType(point))
                                && !INVISIBLE.contains(Character.toString(point)));
    }

    private static boolean hasFormat(String format, String text) {
        try {
            return switch (format) {
                case "date" -> LocalDate.parse(text).getYear() > 0;
                case "date-time" -> OffsetDateTime.parse(text).getYear() > 0;
                case "uuid" -> text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
                default -> throw new IllegalArgumentException("Add the format " + format + " to this method");
            };
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Returns the valid body with this JSON at the pointer. */
    private String with(String pointer, String json) {
        if (pointer.isEmpty()) {
            return json;
        }
        var changed = body.deepCopy();
        var at = JsonPointer.compile(pointer);
        if (changed.at(at.head()) instanceof ArrayNode array) {
            array.set(at.last().getMatchingIndex(), JSON.valueToTree(MARK));
        } else {
            ((ObjectNode) changed.at(at.head())).put(at.last().getMatchingProperty(), MARK);
        }
        return changed.toString().replace('"' + MARK + '"', json);
    }

    private String without(String pointer) {
        var changed = body.deepCopy();
        var at = JsonPointer.compile(pointer);
        ((ObjectNode) changed.at(at.head())).remove(at.last().getMatchingProperty());
        return changed.toString();
    }

    private void malformed(String mistake, String text) {
        refuse("the body " + mistake, valid.body(text), 400, "malformed-request");
    }

    private void invalid(String mistake, Request request, String pointer) {
        refused.add(new Case(operation.id() + ": " + mistake, request, 400, "validation-failed", pointer));
    }

    private void refuse(String mistake, Request request, int status, String code) {
        refused.add(new Case(operation.id() + ": " + mistake, request, status, code, null));
    }

    private void accept(String detail, Request request, String pointer) {
        accepted.add(new Case(operation.id() + ": " + detail, request, operation.success(), null, pointer));
    }

    private static String name(String pointer) {
        return pointer.isEmpty() ? "the body" : pointer;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 150) + "… (" + text.length() + ")" : text;
    }

    /** Percent-encodes a text for a path or a query. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** An HTTP request. {@link #toString} shortens a long body. Immutable. */
    public record Request(
            String method,
            String path,
            List<Map.Entry<String, String>> headers,
            @Nullable String body) {

        Request path(String other) {
            return new Request(method, other, headers, body);
        }

        Request query(String name, String value) {
            return path(path + (path.contains("?") ? "&" : "?") + name + "=" + encoded(value));
        }

        Request header(String name, String value) {
            var others = new ArrayList<>(headers);
            others.add(Map.entry(name, value));
            return new Request(method, path, others, body);
        }

        Request body(String other) {
            return new Request(method, path, headers, other);
        }

        ContractClient.Answer send(ContractClient client) {
            var call = client.call(method, path);
            headers.forEach(header -> call.header(header.getKey(), header.getValue()));
            return (body == null ? call : call.body(body)).send();
        }

        @Override
        public String toString() {
            return method + " " + path + " " + headers + " " + (body == null ? "" : shortened(body));
        }
    }

    /**
     * A request and the response that the contract requires. Immutable.
     *
     * @param name the operation and the change to its valid request
     * @param status the status of the required response
     * @param code the code of the required problem; null if the request must succeed
     * @param pointer the changed parameter, header or body field; null for a problem without violations
     */
    public record Case(
            String name,
            Request request,
            int status,
            @Nullable String code,
            @Nullable String pointer) {

        /** Sends the request and checks the response. */
        public void sendBy(ContractClient client) {
            try {
                var response = request.send(client);
                if (code != null) {
                    expectProblem(response);
                } else {
                    expectSuccess(response);
                }
            } catch (AssertionError e) {
                throw new AssertionError(request + "\n" + e.getMessage(), e);
            }
        }

        private void expectProblem(ContractClient.Answer response) {
            assertThat(response.status()).as(response.toString()).isEqualTo(status);
            assertThat(response.json().path("code").asString())
                    .as(response.toString())
                    .isEqualTo(code);
            if (pointer != null) {
                assertThat(response.json()
                                .path("violations")
                                .valueStream()
                                .map(violation -> violation.path("pointer").asString()))
                        .as(response.toString())
                        .contains(pointer);
            }
        }

        /**
         * Expects success, or a 404 or 409, which depend on the stored data and not on the form of the request. If a
         * successful response contains the changed field, it must have the value that was sent.
         */
        private void expectSuccess(ContractClient.Answer response) {
            assertThat(response.status()).as(response.toString()).isIn(status, 404, 409);
            if (response.status() == status && pointer != null && pointer.lastIndexOf('/') == 0) {
                var sent = JSON.readTree(request.body()).at(pointer);
                var returned = response.json().at(pointer);
                if (sent.isNumber() && returned.isNumber()) {
                    assertThat(returned.decimalValue())
                            .as(response.toString())
                            .isEqualByComparingTo(sent.decimalValue());
                } else if (sent.isValueNode() && !returned.isMissingNode()) {
                    assertThat(returned).as(response.toString()).isEqualTo(sent);
                }
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
