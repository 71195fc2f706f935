package io.multicloudboutique.testing;

import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operation of a contract, with its references resolved. Immutable.
 *
 * @param id the {@code operationId}
 * @param path the path, with its parameters in braces
 * @param requiredScopes the scopes that a bearer token needs; empty if the operation needs no credentials
 * @param body the schema of the request body; null if the operation has no body
 * @param success the status of the success response
 * @param requests the examples of the request body, by name
 * @param problems the examples of the problem responses, by name
 */
public record ContractOperation(
        String id,
        String method,
        String path,
        List<Parameter> parameters,
        List<String> requiredScopes,
        @Nullable Schema<?> body,
        boolean bodyRequired,
        int success,
        Map<String, JsonNode> requests,
        Map<String, JsonNode> problems) {

    /** Returns all operations of this service's contract, in the order of the contract. */
    public static List<ContractOperation> of(String service) {
        var options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        var contract = new OpenAPIV3Parser().read("openapi/bundled/" + service + ".yaml", null, options);
        var operations = new ArrayList<ContractOperation>();
        contract.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> operations.add(read(contract, path, method, operation))));
        return operations;
    }

    private static ContractOperation read(
            OpenAPI contract, String path, PathItem.HttpMethod method, Operation operation) {
        var body = operation.getRequestBody();
        var json = body == null ? null : body.getContent().get("application/json");
        var problems = new LinkedHashMap<String, JsonNode>();
        for (var response : operation.getResponses().values()) {
            problems.putAll(problems(contract, response));
        }
        return new ContractOperation(
                operation.getOperationId(),
                method.name(),
                path,
                operation.getParameters() == null ? List.of() : operation.getParameters(),
                requiredScopes(operation),
                json == null ? null : json.getSchema(),
                body != null && Boolean.TRUE.equals(body.getRequired()),
                Integer.parseInt(operation.getResponses().keySet().iterator().next()),
                json == null ? Map.of() : examples(contract, json),
                problems);
    }

    private static List<String> requiredScopes(Operation operation) {
        var scopes = operation.getExtensions() == null
                ? null
                : (List<?>) operation.getExtensions().get("x-required-scopes");
        return scopes == null
                ? List.of()
                : scopes.stream().map(String.class::cast).toList();
    }

    private static Map<String, JsonNode> problems(OpenAPI contract, ApiResponse response) {
        var problem =
                response.getContent() == null ? null : response.getContent().get("application/problem+json");
        return problem == null ? Map.of() : examples(contract, problem);
    }

    private static Map<String, JsonNode> examples(OpenAPI contract, MediaType type) {
        var values = new LinkedHashMap<String, JsonNode>();
        type.getExamples()
                .forEach((name, example) -> values.put(
                        name,
                        JsonMapper.shared()
                                .readTree(
                                        Json.pretty(resolved(contract, example).getValue()))));
        return values;
    }

    private static Example resolved(OpenAPI contract, Example example) {
        var reference = example.get$ref();
        return reference == null
                ? example
                : contract.getComponents().getExamples().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    /**
     * Returns the path with its parameters replaced by these values.
     *
     * @param values the values by the name of the parameter, or by the id of the only operation that they are for, a space,
     *     and the name; already percent-encoded
     */
    public String pathOf(Map<String, String> values) {
        var filled = path;
        for (var value : values.entrySet()) {
            var name = value.getKey();
            filled = filled.replace("{" + name + "}", values.getOrDefault(id + " " + name, value.getValue()));
        }
        return filled;
    }
}
