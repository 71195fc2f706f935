package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.core.model.ContentType;
import au.com.dius.pact.core.model.IResponse;
import au.com.dius.pact.core.model.OptionalBody;
import au.com.dius.pact.core.model.matchingrules.MatchingRuleGroup;
import au.com.dius.pact.core.model.matchingrules.NumberTypeMatcher;
import au.com.dius.pact.core.model.matchingrules.NumberTypeMatcher.NumberType;
import au.com.dius.pact.provider.ProviderResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Variants of a provider's response: mutants that break a part that the pact specifies, and a richer response that only
 * adds what the pact permits.
 */
final class Mutants {

    /**
     * A response that the pact must reject.
     *
     * @param change a readable description of the broken part
     */
    record Mutant(String change, ProviderResponse response) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<Integer> STATUSES = List.of(200, 201, 202, 204, 301, 400, 404, 409, 422, 500, 503);
    private static final List<String> CONTENT_TYPES =
            List.of("application/json", "application/problem+json", "application/xml", "text/plain");

    private final IResponse pact;
    private final Map<String, MatchingRuleGroup> rules;
    private final ProviderResponse response;
    private final List<Mutant> mutants = new ArrayList<>();

    private Mutants(IResponse pact, ProviderResponse response) {
        this.pact = pact;
        this.rules = pact.getMatchingRules().rulesForCategory("body").getMatchingRules();
        this.response = response;
    }

    /** Creates mutants of the response. Each one breaks one part that the pact specifies, in one way. */
    static List<Mutant> of(IResponse pact, ProviderResponse response) {
        var all = new Mutants(pact, response);
        all.breakStatus();
        all.breakHeaders();
        if (pact.getBody().isPresent()) {
            all.breakValue("$", "$", json(pact.getBody()), json(response.getBody()), all::withBody);
        }
        return all.mutants;
    }

    /** Adds what the pact permits: a field to each object, and an element to each list of any length. */
    static ProviderResponse richer(IResponse pact, ProviderResponse response) {
        if (!pact.getBody().isPresent()) {
            return response;
        }
        var free = new Mutants(pact, response);
        return free.withBody(free.richer("$", json(pact.getBody()), json(response.getBody())));
    }

    private JsonNode richer(String rule, JsonNode expected, JsonNode value) {
        var richer = value.deepCopy();
        if (richer instanceof ObjectNode object) {
            expected.forEachEntry((name, field) -> object.set(name, richer(rule + "." + name, field, value.get(name))));
            object.put("more", "of it");
        } else if (richer instanceof ArrayNode list && isAnyOfItsType(rule)) {
            list.set(0, richer(rule + "[*]", expected.get(0), value.get(0)));
            list.add(list.get(0));
        }
        return richer;
    }

    private void breakStatus() {
        for (int other : STATUSES) {
            if (other != pact.getStatus()) {
                mutants.add(new Mutant(
                        "status " + other,
                        new ProviderResponse(
                                other, response.getHeaders(), response.getContentType(), response.getBody())));
            }
        }
    }

    private void breakHeaders() {
        pact.getHeaders().forEach((name, values) -> {
            mutants.add(new Mutant("no " + name, withHeader(name, null)));
            for (var other : name.equalsIgnoreCase("Content-Type") ? CONTENT_TYPES : List.of("another value")) {
                if (!values.contains(other)) {
                    mutants.add(new Mutant(name + ": " + other, withHeader(name, other)));
                }
            }
        });
    }

    /**
     * @param place the path of the value in the response
     * @param rule the same path in the notation of matching rules
     * @param with creates the response with another value at this path
     */
    private void breakValue(
            String place, String rule, JsonNode expected, JsonNode value, Function<JsonNode, ProviderResponse> with) {
        others(rule, value).forEach(other -> mutants.add(new Mutant(place + " is " + other, with.apply(other))));
        if (value instanceof ObjectNode object) {
            expected.forEachEntry((name, field) -> {
                var at = place + "." + name;
                var without = object.deepCopy().without(name);
                mutants.add(new Mutant(at + " is removed", with.apply(without)));
                var renamed = without.deepCopy().set(name + "2", object.get(name));
                mutants.add(new Mutant(at + " is renamed", with.apply(renamed)));
                breakValue(
                        at,
                        rule + "." + name,
                        field,
                        object.get(name),
                        other -> with.apply(object.deepCopy().set(name, other)));
            });
        } else if (value instanceof ArrayNode list) {
            if (!isAnyOfItsType(rule)) {
                mutants.add(new Mutant(
                        place + " has an additional element",
                        with.apply(list.deepCopy().add("more"))));
            }
            if (!list.isEmpty()) {
                mutants.add(new Mutant(place + " is empty", with.apply(JSON.arrayNode())));
            }
            for (int i = 0; i < list.size(); i++) {
                int index = i;
                // The pact's first element also applies to the elements that the pact does not contain.
                breakValue(
                        place + "[" + i + "]",
                        rule + "[*]",
                        expected.path(expected.has(i) ? i : 0),
                        list.get(i),
                        other -> with.apply(list.deepCopy().set(index, other)));
            }
        }
    }

    /** Returns values of all other types. If the rule restricts more than the type, adds a value of the same type. */
    private List<JsonNode> others(String rule, JsonNode value) {
        var others = new ArrayList<JsonNode>(List.of(
                JSON.nullNode(),
                JSON.stringNode(value.asString("text")),
                JSON.numberNode(1),
                JSON.booleanNode(true),
                JSON.objectNode(),
                JSON.arrayNode().add(value)));
        others.removeIf(other -> other.getNodeType() == value.getNodeType());
        if (value.isNumber() && isInteger(rule)) {
            others.add(JSON.numberNode(value.decimalValue().add(new BigDecimal("0.5"))));
        } else if (value.isValueNode() && !isAnyOfItsType(rule)) {
            others.add(
                    switch (value.getNodeType()) {
                        case NUMBER -> JSON.numberNode(value.decimalValue().add(BigDecimal.ONE));
                        case BOOLEAN -> JSON.booleanNode(!value.asBoolean());
                        default -> JSON.stringNode("not " + value.asString());
                    });
        }
        return others;
    }

    private boolean isInteger(String rule) {
        return rules.containsKey(rule)
                && rules.get(rule).getRules().stream()
                        .anyMatch(is ->
                                is instanceof NumberTypeMatcher number && number.getNumberType() == NumberType.INTEGER);
    }

    /** Whether the pact permits any value of the type. A value without a rule must equal the value in the pact. */
    private boolean isAnyOfItsType(String rule) {
        return rules.containsKey(rule)
                && rules.get(rule).getRules().stream()
                        .allMatch(is -> is.isTypeMatcher() || is instanceof NumberTypeMatcher);
    }

    private ProviderResponse withHeader(String name, @Nullable String value) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(response.getHeaders());
        headers.remove(name);
        var contentType = response.getContentType();
        if (value != null) {
            headers.put(name, List.of(value));
            if (name.equalsIgnoreCase("Content-Type")) {
                contentType = ContentType.fromString(value);
            }
        }
        return new ProviderResponse(response.getStatusCode(), headers, contentType, response.getBody());
    }

    private ProviderResponse withBody(JsonNode body) {
        return new ProviderResponse(
                response.getStatusCode(),
                response.getHeaders(),
                response.getContentType(),
                OptionalBody.body(body.toString(), response.getContentType()));
    }

    private static JsonNode json(OptionalBody body) {
        return JsonMapper.shared().readTree(body.valueAsString());
    }
}
