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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a contract refuses, and what it does not refuse although it looks odd: for each operation its valid request, made of the
 * contract's examples, with one thing changed.
 */
public final class BadInputs {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MARK = "@here@";

    private final ContractOperation operation;
    private final Map<String, String> ids;
    private final ObjectNode body = JSON.createObjectNode();
    private final Request valid;
    private final List<Case> refused = new ArrayList<>();
    private final List<Case> accepted = new ArrayList<>();

    private BadInputs(ContractOperation operation, Map<String, String> ids) {
        this.operation = operation;
        this.ids = ids;
        // All examples in one, to have as many fields as there are.
        operation.requests().values().forEach(example -> body.setAll((ObjectNode) example));
        var bare = new Request(operation.method(), operation.pathOf(ids), Map.of(), null);
        valid = operation.body() == null
                ? bare
                : bare.header("Content-Type", "application/json").body(body.toString());
    }

    /**
     * Requests with one mistake each.
     *
     * @param service whose contract it is
     * @param ids for each path parameter the id of something that exists
     */
    public static Stream<Case> refused(String service, Map<String, String> ids) {
        return ofAllOperations(service, ids).flatMap(inputs -> inputs.refused.stream());
    }

    /**
     * Requests without a mistake, at the edge of what the contract allows.
     *
     * @param service whose contract it is
     * @param ids for each path parameter the id of something that exists
     */
    public static Stream<Case> accepted(String service, Map<String, String> ids) {
        return ofAllOperations(service, ids).flatMap(inputs -> inputs.accepted.stream());
    }

    private static Stream<BadInputs> ofAllOperations(String service, Map<String, String> ids) {
        return ContractOperation.of(service).stream().map(operation -> new BadInputs(operation, ids).derive());
    }

    private BadInputs derive() {
        refuse("XML is asked for", valid.header("Accept", "application/xml"), 406, "not-acceptable");
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
                texts.remove("is empty"); // which is another path
                texts.put("is behind a space", " " + ids.get(name));
                texts.forEach((what, text) -> {
                    var others = new HashMap<>(ids);
                    others.put(name, encoded(text));
                    var elsewhere = valid.path(operation.pathOf(others));
                    refuse(pointer + " " + what, elsewhere, 404, "not-found");
                });
            }
            case "query" -> {
                if (name.equals("cursor")) {
                    texts.put("is of no list", base64("no key"));
                    texts.put("is no Base64", "A");
                    texts.put("holds NUL", base64("\0"));
                    texts.put("holds no UTF-8", "_w");
                }
                texts.forEach((what, text) -> invalid(pointer + " " + what, valid.query(name, text), pointer));
                var once = valid.query(name, parameter.getSchema().getType().equals("integer") ? "1" : "a");
                invalid(pointer + " is there twice", once.query(name, "2"), pointer);
            }
            default ->
                headers(parameter.getSchema())
                        .forEach((what, text) -> invalid(pointer + " " + what, valid.header(name, text), pointer));
        }
    }

    private void changeBody() {
        var text = body.toString();
        malformed("is not JSON", "name=value");
        malformed("is a space", " ");
        malformed("is cut off", text.substring(0, text.length() - 1));
        malformed("is followed by something", text + "x");
        malformed("comes twice", text + text);
        malformed("is nested too deep", with("/unheardOf", "[".repeat(5000) + "]".repeat(5000)));
        malformed("names an unknown field twice", with("/unheardOf", "1,\"unheardOf\":1"));
        if (operation.bodyRequired()) {
            malformed("is empty", "");
        } else {
            accept("the body is empty", valid.body(""), "");
        }
        var large = valid.body(with("/unheardOf", "\"" + "x".repeat(70_000) + "\""));
        refuse("the body is too large", large, 413, "content-too-large");
        for (var type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded")) {
            refuse("the body is " + type, valid.header("Content-Type", type), 415, "unsupported-media-type");
        }
        var untyped = new Request(valid.method(), valid.path(), Map.of(), valid.body());
        refuse("the body has no type", untyped, 415, "unsupported-media-type");
    }

    private void changeValue(Schema<?> schema, String pointer) {
        badValues(schema, pointer)
                .forEach((what, json) -> invalid(name(pointer) + " " + what, valid.body(with(pointer, json)), pointer));
        goodValues(schema, pointer)
                .forEach((what, json) -> accept(name(pointer) + " " + what, valid.body(with(pointer, json)), pointer));
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
                malformed("names " + field + " twice", with(field, value + ",\"" + name + "\":" + value));
            }
            changeValue(schema, field);
        });
        var unknown = pointer + "/unheardOf";
        accept(unknown + " is null", valid.body(with(unknown, "null")), "");
        accept(unknown + " is ignored", valid.body(with(unknown, "{\"a\":[1,{\"b\":null}],\"c\":1e999999999}")), "");
    }

    /** Values that the schema refuses, as JSON, by what is wrong with them. */
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
                bad.put("holds half of a surrogate pair", "\"a\\udc00a\"");
                texts(schema).forEach((what, text) -> bad.put(what, JSON.writeValueAsString(text)));
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
                        "has a decimal too many",
                        unit(schema).movePointLeft(1).add(BigDecimal.ONE).toPlainString());
                bad.put("is 1e999999999", "1e999999999");
                bad.put("is 1e-999999999", "1e-999999999");
                // They would be 5 in 32 and in 64 bits.
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
                bad.put("has an item too many", items(pointer, schema.getMaxItems() + 1));
                if (schema.getMinItems() != null) {
                    bad.put("has an item too few", items(pointer, schema.getMinItems() - 1));
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

    /** Values that the schema allows, as JSON, by what is odd about them. */
    private Map<String, String> goodValues(Schema<?> schema, String pointer) {
        var good = new LinkedHashMap<String, String>();
        switch (schema.getType()) {
            case "string" -> {
                var length = schema.getMaxLength() == null ? 0 : schema.getMaxLength();
                var texts = new LinkedHashMap<String, String>();
                texts.put("is as long as it may be", "a".repeat(length));
                texts.put("is as long as it may be in astral characters", "😀".repeat(length));
                texts.put("is a character", "a");
                texts.put("looks like SQL", "' OR 1=1 --");
                texts.values().removeIf(text -> !allows(schema, text));
                texts.forEach((what, text) -> good.put(what, JSON.writeValueAsString(text)));
            }
            case "integer", "number" -> {
                good.put("is the minimum", schema.getMinimum().toPlainString());
                good.put("is the maximum", schema.getMaximum().toPlainString());
                // 5.0 is an integer, 12.990 has two decimals
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
            case "array" -> good.put("has as many items as it may", items(pointer, schema.getMaxItems()));
            default -> {}
        }
        return good;
    }

    private String items(String pointer, int count) {
        return Collections.nCopies(count, body.at(pointer + "/0")).toString();
    }

    /** The step between its numbers: 1 for integers, 0.01 with two decimals. */
    private static BigDecimal unit(Schema<?> number) {
        var digits =
                number.getExtensions() == null ? null : number.getExtensions().get("x-fraction-digits");
        return BigDecimal.ONE.movePointLeft(digits == null ? 0 : ((Number) digits).intValue());
    }

    /** Texts that the schema of a parameter or a string refuses, by what is wrong with them. */
    private static Map<String, String> texts(Schema<?> schema) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("is empty", "");
        texts.put("holds NUL", "a\0b");
        texts.put("holds U+001F", "a\u001fb");
        texts.put("holds U+007F", "a\u007fb");
        texts.put("holds U+0085", "a\u0085b");
        texts.put("ends with a line feed", "a\n");
        texts.put("holds a space", "a b");
        texts.put("holds a slash", "a/b");
        texts.put("is not ASCII", "é");
        texts.put("is a word", "abc");
        if (schema.getMaxLength() != null) {
            texts.put("is too long", "a".repeat(schema.getMaxLength() + 1));
            texts.put("is an astral character too long", "😀".repeat(schema.getMaxLength() + 1));
        }
        if (schema.getType().equals("integer")) {
            for (var text : List.of("-1", "0", "5.5", "01", "+1", "0x1", " 1", "1 1", "9223372036854775808")) {
                texts.put("is '" + text + "'", text);
            }
            texts.put(
                    "is above the maximum",
                    schema.getMaximum().add(BigDecimal.ONE).toPlainString());
        }
        if (schema.getFormat() != null && schema.getFormat().startsWith("date")) {
            texts.put("is no day of a calendar", "2025-02-30");
            texts.put("is no instant of a calendar", "2025-02-30T10:00:00Z");
            texts.put("is a time without its zone", "2025-07-20T10:00:00");
            texts.put("is another calendar's form", "20.07.2025");
            texts.put("is before the year 1", "0000-07-20");
            texts.put("has an offset of 16 hours", "2025-07-20T10:00:00-16:00");
            texts.put("has an offset of 18 hours", "2025-07-20T10:00:00+18:00");
        }
        texts.values().removeIf(text -> allows(schema, text));
        return texts;
    }

    /** Header values that the schema refuses and a client can send. */
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
        var length = text.codePointCount(0, text.length());
        return (schema.getMinLength() == null || length >= schema.getMinLength())
                && (schema.getMaxLength() == null || length <= schema.getMaxLength())
                && (schema.getPattern() == null || text.matches(schema.getPattern()))
                && (schema.getFormat() == null || hasFormat(schema.getFormat(), text));
    }

    private static boolean hasFormat(String format, String text) {
        try {
            return switch (format) {
                case "date" -> LocalDate.parse(text).getYear() > 0;
                case "date-time" -> OffsetDateTime.parse(text).getYear() > 0;
                case "uuid" -> text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
                default -> throw new IllegalArgumentException("Say here what a " + format + " is");
            };
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The valid body with this JSON at the pointer. */
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

    private void malformed(String what, String text) {
        refuse("the body " + what, valid.body(text), 400, "malformed-request");
    }

    private void invalid(String what, Request request, String pointer) {
        refused.add(new Case(operation.id() + ": " + what, request, 400, "validation-failed", pointer));
    }

    private void refuse(String what, Request request, int status, String code) {
        refused.add(new Case(operation.id() + ": " + what, request, status, code, null));
    }

    private void accept(String what, Request request, String pointer) {
        accepted.add(new Case(operation.id() + ": " + what, request, operation.success(), null, pointer));
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

    /** For a path or a query. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What is sent; described by all of it but the end of a long body. Immutable. */
    public record Request(
            String method,
            String path,
            Map<String, String> headers,
            @Nullable String body) {

        Request path(String other) {
            return new Request(method, other, headers, body);
        }

        Request query(String name, String value) {
            return path(path + (path.contains("?") ? "&" : "?") + name + "=" + encoded(value));
        }

        Request header(String name, String value) {
            var others = new LinkedHashMap<>(headers);
            others.put(name, value);
            return new Request(method, path, others, body);
        }

        Request body(String other) {
            return new Request(method, path, headers, other);
        }

        ContractClient.Answer send(ContractClient client) {
            var call = client.call(method, path);
            headers.forEach(call::header);
            return (body == null ? call : call.body(body)).send();
        }

        @Override
        public String toString() {
            return method + " " + path + " " + headers + " " + (body == null ? "" : shortened(body));
        }
    }

    /**
     * A request, and how the contract has it answered. Immutable.
     *
     * @param status of the problem or of the success
     * @param code of the problem; null for a success
     * @param pointer the place that is changed; null where a problem has none
     */
    public record Case(
            String name,
            Request request,
            int status,
            @Nullable String code,
            @Nullable String pointer) {

        /** Sends it and expects what the contract says. */
        public void sendBy(ContractClient client) {
            try {
                var answer = request.send(client);
                if (code != null) {
                    expectProblem(answer);
                } else {
                    expectSuccess(answer);
                }
            } catch (AssertionError e) {
                throw new AssertionError(request + "\n" + e.getMessage(), e);
            }
        }

        private void expectProblem(ContractClient.Answer answer) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertThat(answer.json().path("code").asString())
                    .as(answer.toString())
                    .isEqualTo(code);
            if (pointer != null) {
                assertThat(answer.json()
                                .path("violations")
                                .valueStream()
                                .map(violation -> violation.path("pointer").asString()))
                        .as(answer.toString())
                        .contains(pointer);
            }
        }

        /** Success, or a refusal for what there is, not for how it was asked; then the value that was sent, if it comes back. */
        private void expectSuccess(ContractClient.Answer answer) {
            assertThat(answer.status()).as(answer.toString()).isIn(status, 404, 409);
            if (answer.status() == status && pointer != null && pointer.lastIndexOf('/') == 0) {
                var sent = JSON.readTree(request.body()).at(pointer);
                var answered = answer.json().at(pointer);
                if (sent.isNumber() && answered.isNumber()) {
                    assertThat(answered.decimalValue()).as(answer.toString()).isEqualByComparingTo(sent.decimalValue());
                } else if (sent.isValueNode() && !answered.isMissingNode()) {
                    assertThat(answered).as(answer.toString()).isEqualTo(sent);
                }
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
