package io.multicloudboutique.testing;

import static java.util.stream.Collectors.toCollection;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webflux.api.OpenApiWebfluxResource;
import org.springdoc.webflux.core.visitor.RouterFunctionVisitor;
import org.springframework.web.reactive.function.server.RouterFunction;

/** The operations of a service, as its contract describes them and as springdoc reads them in its controllers. */
final class ContractAndCode {

    /**
     * An operation as both sources describe it. springdoc does not know the status of a success response, nor those of
     * problems: the code sets them for each response.
     *
     * @param parameters the location, name and type of each parameter
     * @param body the content type and schema of the request body
     * @param response the content type and schema of the success response; none if the response has no content
     */
    record Described(String operationId, SortedSet<String> parameters, String body, String response) {}

    private static final String NONE = "none";

    private ContractAndCode() {}

    /** Returns the operations of the contract, by method and path. */
    static SortedMap<String, Described> contract(String service) {
        var options = new ParseOptions();
        options.setResolve(true);
        return describe(new OpenAPIV3Parser().read("openapi/bundled/" + service + ".yaml", null, options));
    }

    /** Returns the operations that springdoc finds in the code, by method and path. */
    static SortedMap<String, Described> code(RunningService service) {
        return describe(
                new OpenApiWebfluxResource(
                        () -> service.bean(OpenAPIService.class),
                        service.bean(AbstractRequestService.class),
                        service.bean(GenericResponseService.class),
                        service.bean(OperationService.class),
                        service.bean(SpringDocConfigProperties.class),
                        service.bean(SpringDocProviders.class),
                        service.bean(SpringDocCustomizers.class)) {
                    OpenAPI read() {
                        return getOpenApi(Locale.ROOT);
                    }
                }.read());
    }

    /** Returns the paths of the router functions. springdoc sees no operation in a router function without annotations. */
    static List<String> routes(RunningService service) {
        var visitor = new RouterFunctionVisitor();
        Objects.requireNonNull(service.bean(OpenAPIService.class).getContext())
                .getBeansOfType(RouterFunction.class)
                .values()
                .forEach(function -> function.accept(visitor));
        return visitor.getRouterFunctionDatas().stream()
                .map(route -> String.valueOf(route.getPath()))
                .toList();
    }

    private static SortedMap<String, Described> describe(OpenAPI source) {
        var operations = new TreeMap<String, Described>();
        source.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) ->
                                operations.put(method + " " + path, describe(source, operation))));
        return operations;
    }

    private static Described describe(OpenAPI source, Operation operation) {
        var parameters = operation.getParameters() == null ? List.<Parameter>of() : operation.getParameters();
        var success = operation.getResponses().values().iterator().next();
        if (success.get$ref() != null) {
            success = source.getComponents().getResponses().get(name(success.get$ref()));
        }
        return new Described(
                operation.getOperationId(),
                parameters.stream()
                        .map(parameter -> describe(source, parameter))
                        .collect(toCollection(TreeSet::new)),
                describe(operation.getRequestBody()),
                describe(success.getContent()));
    }

    private static String describe(OpenAPI source, Parameter parameter) {
        Schema<?> type = parameter.getSchema();
        if (type.get$ref() != null) { // a named string or number, which has no name in the code
            type = source.getComponents().getSchemas().get(name(type.get$ref()));
        }
        return parameter.getIn() + " " + parameter.getName() + ": " + describe(type)
                + (Boolean.TRUE.equals(parameter.getRequired()) ? ", required" : "");
    }

    private static String describe(@Nullable RequestBody body) {
        return body == null
                ? NONE
                : describe(body.getContent()) + (Boolean.TRUE.equals(body.getRequired()) ? ", required" : "");
    }

    private static String describe(@Nullable Content content) {
        if (content == null || content.isEmpty()) {
            return NONE;
        }
        var type = content.entrySet().iterator().next();
        return type.getKey() + " " + describe(type.getValue().getSchema());
    }

    private static String describe(Schema<?> schema) {
        if (schema.get$ref() != null) {
            return name(schema.get$ref()).replaceAll("Dto$", "");
        }
        return schema.getItems() != null
                ? "array of " + describe(schema.getItems())
                : schema.getType() + (schema.getFormat() == null ? "" : " " + schema.getFormat());
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
