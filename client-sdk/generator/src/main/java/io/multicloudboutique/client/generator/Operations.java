package io.multicloudboutique.client.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenResponse;
import org.openapitools.codegen.model.OperationsMap;

/** Adds what the templates of the clients need to know about an operation. */
final class Operations {

    /** The exceptions that the documentation of a method names. Every method may also throw the others. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "404", "NotFoundException",
            "409", "ConflictException",
            "412", "PreconditionFailedException",
            "422", "IdempotencyKeyReusedException");

    /** The names of query parameters that read better in full in a query. */
    private static final Map<String, String> PROPERTIES = Map.of("limit", "pageSize", "q", "searchText");

    private Operations() {}

    /** @param item the type of the items, if the operation returns pages; otherwise null */
    static void complete(CodegenOperation operation, String item) {
        var extensions = operation.vendorExtensions;
        var conditional = operation.headerParams.stream().anyMatch(header -> header.baseName.equals("If-None-Match"));
        var result = operation.isArray && item != null ? "Page<" + item + ">" : operation.returnType;
        extensions.put("x-text", text(operation));
        var exceptions = exceptions(operation);
        extensions.put("x-exceptions", exceptions);
        extensions.put("x-has-exceptions", !exceptions.isEmpty());
        extensions.put("x-conditional", conditional);
        extensions.put("x-result", result);
        extensions.put("x-list", item != null);
        extensions.put("x-item", item);
        var path = operation.pathParams.stream().map(Operations::declared).toList();
        var all = parameters(operation, item);
        extensions.put("x-path-parameters", String.join(", ", path));
        extensions.put("x-path-arguments", names(path));
        extensions.put("x-path-types", types(path));
        extensions.put("x-path-separator", path.isEmpty() ? "" : ", ");
        extensions.put("x-parameters", String.join(", ", all));
        extensions.put("x-arguments", names(all));
        extensions.put("x-types", types(all));
        extensions.put("x-separator", all.isEmpty() ? "" : ", ");
        extensions.put("x-api-arguments", apiArguments(operation, "Calls.given(\"query\", query)"));
        extensions.put("x-page-arguments", apiArguments(operation, "page"));
    }

    /** Refers to the method with a body instead of repeating its description. */
    static void describeAsWithoutBody(CodegenOperation overload, CodegenOperation withBody) {
        overload.vendorExtensions.put(
                "x-text",
                "Like {@link #%s(%s, RequestOptions)}, without a body."
                        .formatted(withBody.nickname, withBody.vendorExtensions.get("x-types")));
        overload.vendorExtensions.put("x-exceptions", List.of());
        overload.vendorExtensions.put("x-has-exceptions", false);
    }

    /** The imports of the JDK's types, and of the contract's types for the packages that do not contain them. */
    static List<Map<String, String>> imports(OperationsMap operations, String modelPackage) {
        var queries = operations.getOperations().getOperation().stream()
                .map(operation -> operation.vendorExtensions.get("x-item"))
                .filter(Objects::nonNull)
                .map(item -> modelPackage + "." + item + "Query");
        var lists = operations.getOperations().getOperation().stream()
                .filter(operation -> operation.isArray && operation.vendorExtensions.get("x-item") == null)
                .map(operation -> "java.util.List");
        return Stream.of(operations.getImports().stream().map(each -> each.get("import")), queries, lists)
                .flatMap(each -> each)
                .distinct()
                .sorted()
                .map(name -> Map.of("import", name))
                .toList();
    }

    private static String text(CodegenOperation operation) {
        var summary = operation.summary + ".";
        return Javadoc.text(operation.unescapedNotes == null ? summary : summary + " " + operation.unescapedNotes);
    }

    private static List<Map<String, String>> exceptions(CodegenOperation operation) {
        var exceptions = new ArrayList<Map<String, String>>();
        for (CodegenResponse response : operation.responses) {
            var exception = EXCEPTIONS.get(response.code);
            if (exception != null) {
                exceptions.add(Map.of("name", exception, "text", Javadoc.text(response.message)));
            }
        }
        return exceptions;
    }

    private static List<String> parameters(CodegenOperation operation, String item) {
        var parameters = new ArrayList<>(
                operation.pathParams.stream().map(Operations::declared).toList());
        if (operation.bodyParam != null) {
            parameters.add(declared(operation.bodyParam));
        }
        if (item != null) {
            parameters.add(item + "Query query");
        }
        return parameters;
    }

    private static String names(List<String> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.substring(parameter.indexOf(' ') + 1))
                .collect(Collectors.joining(", "));
    }

    private static String types(List<String> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.substring(0, parameter.indexOf(' ')))
                .collect(Collectors.joining(", "));
    }

    /** The arguments of the Feign method, each with a comma after it. */
    private static String apiArguments(CodegenOperation operation, String query) {
        var path = operation.pathParams.stream()
                .map(parameter -> "Calls.id(\"%s\", %s)".formatted(parameter.paramName, parameter.paramName));
        var filters = operation.queryParams.stream()
                .map(parameter -> query + "." + property(parameter.baseName) + "().orElse(null)");
        var body = Stream.ofNullable(operation.bodyParam)
                .map(parameter -> "Calls.given(\"%s\", %s)".formatted(parameter.paramName, parameter.paramName));
        return Stream.of(path, filters, body)
                .flatMap(each -> each)
                .map(argument -> argument + ", ")
                .collect(Collectors.joining());
    }

    /** The name of a query parameter in the query of its list. */
    static String property(String parameter) {
        return PROPERTIES.getOrDefault(parameter, parameter);
    }

    private static String declared(CodegenParameter parameter) {
        return (parameter.isLong ? "long" : parameter.dataType) + " " + parameter.paramName;
    }
}
