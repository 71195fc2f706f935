package io.multicloudboutique.client.generator;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import com.google.common.collect.ImmutableMap;
import com.samskivert.mustache.Mustache.Lambda;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.languages.JavaClientCodegen;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.ModelsMap;
import org.openapitools.codegen.model.OperationsMap;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * Generates records for the responses in a contract, and immutable classes for its requests and the queries of its
 * lists. The templates have no conditions on names and uses, so this class finds out what each schema is for.
 */
public final class ClientCodegen extends JavaClientCodegen {

    private static final String CURSOR = "nextCursor";
    private static final String INTERNAL = "io.multicloudboutique.client.internal.service";

    /** The name of the client that all services share. */
    private static final String SHARED = "Service";

    private static final Map<String, String> IMPORTS = Map.of(
            "BigDecimal", "java.math.BigDecimal",
            "Instant", "java.time.Instant",
            "LocalDate", "java.time.LocalDate",
            "UUID", "java.util.UUID",
            "List", "java.util.List",
            "Duration", "java.time.Duration");

    private static final Map<String, String> PRIMITIVES =
            Map.of("Long", "long", "Integer", "int", "Boolean", "boolean");

    @Override
    public void processOpts() {
        super.processOpts();
        modelTemplateFiles.clear();
        modelTemplateFiles.put("type.mustache", ".java");
        apiTemplateFiles.clear();
        apiTemplateFiles.put("client.mustache", "Client.java");
        apiTemplateFiles.put("clientAsync.mustache", "ClientAsync.java");
        for (var part : List.of("Api", "Calls", "CallsAsync")) {
            var template = Character.toLowerCase(part.charAt(0)) + part.substring(1) + ".mustache";
            apiTemplateFiles.put(template, part + ".java");
            templateOutputDirs().put(template, sourceFolder + "/" + INTERNAL.replace('.', '/'));
        }
        setApiNameSuffix("");
        additionalProperties.put("internalPackage", INTERNAL);
        additionalProperties.put("shared", service().equals(SHARED));
        additionalProperties.put("service", service());
    }

    /** The name of the service whose contract this is. Its package has the same name. */
    private String service() {
        var name = apiPackage().substring(apiPackage().lastIndexOf('.') + 1);
        return name.equals("client") ? SHARED : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private String purpose(OpenAPI contract) {
        if (service().equals(SHARED)) {
            return "The health operations, which every service has. They need no credentials. The SDK never retries them,"
                    + " because they report the state of the service at the time of the call. If a service reports that"
                    + " it is unhealthy, the method returns this report; it does not throw an exception.";
        }
        var firstParagraph =
                contract.getInfo().getDescription().split("\n\n")[0].replaceAll("\\s+", " ");
        return "The client for the " + service().toLowerCase(Locale.ROOT) + " service. " + Javadoc.text(firstParagraph);
    }

    /** A service has one client with the operations of all its tags. All clients inherit the shared operations. */
    @Override
    public void addOperationToGroup(
            String tag,
            String path,
            Operation operation,
            CodegenOperation codegenOperation,
            Map<String, List<CodegenOperation>> operations) {
        if (!tag.equals("Health") || service().equals(SHARED)) {
            super.addOperationToGroup(service(), path, operation, codegenOperation, operations);
            if (codegenOperation.bodyParam != null && !codegenOperation.bodyParam.required) {
                operations.get(service()).add(withoutBody(path, operation, codegenOperation));
            }
        }
    }

    /** Returns the overload of a method whose body may be omitted. */
    private CodegenOperation withoutBody(String path, Operation operation, CodegenOperation withBody) {
        var body = operation.getRequestBody();
        operation.setRequestBody(null);
        var overload = fromOperation(path, withBody.httpMethod, operation, List.of());
        operation.setRequestBody(body);
        Operations.describeAsWithoutBody(overload, withBody);
        return overload;
    }

    @Override
    public CodegenOperation fromOperation(String path, String method, Operation operation, List<Server> servers) {
        var completed = super.fromOperation(path, method, operation, servers);
        Operations.complete(completed, isList(openAPI, operation) ? item(openAPI, operation) : null);
        return completed;
    }

    @Override
    public OperationsMap postProcessOperationsWithModels(OperationsMap operations, List<ModelMap> models) {
        var completed = super.postProcessOperationsWithModels(operations, models);
        // The generator has numbered the overloads.
        completed.getOperations().getOperation().forEach(operation -> operation.nickname = operation.operationId);
        completed.setImports(Operations.imports(completed, modelPackage()));
        return completed;
    }

    @Override
    protected ImmutableMap.Builder<String, Lambda> addMustacheLambdas() {
        return super.addMustacheLambdas()
                .put("javadoc", Javadoc.comment(""))
                .put("memberJavadoc", Javadoc.comment("    "));
    }

    /** The page of a list of customers is called {@code CustomerPage}. */
    @Override
    public String toModelName(String name) {
        return super.toModelName(name.replaceFirst("List$", "Page"));
    }

    @Override
    public void preprocessOpenAPI(OpenAPI contract) {
        super.preprocessOpenAPI(contract);
        additionalProperties.put("purpose", purpose(contract));
        new ArrayList<>(contract.getComponents().getSchemas().entrySet())
                .stream()
                        .filter(schema -> !schemaMapping().containsKey(schema.getKey()))
                        .forEach(schema -> extractEnums(contract, schema.getKey(), schema.getValue()));
        contract.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> {
                    markRequest(contract, operation);
                    markVersioned(contract, operation);
                    addQuery(contract, operation);
                });
    }

    /** Gives an enum of a property a type of its own, such as {@code ReservationStatus}. */
    private static void extractEnums(OpenAPI contract, String name, Schema<?> schema) {
        properties(schema).replaceAll((property, type) -> {
            if (type.getEnum() == null) {
                return type;
            }
            contract.getComponents().addSchemas(name + "_" + property, type);
            return new Schema<>().$ref("#/components/schemas/" + name + "_" + property);
        });
    }

    private static void markRequest(OpenAPI contract, Operation operation) {
        if (operation.getRequestBody() != null) {
            markRequest(contract, ModelUtils.getSchemaFromRequestBody(operation.getRequestBody()));
        }
    }

    /** Marks the schema and the schemas of its lines. */
    private static void markRequest(OpenAPI contract, Schema<?> reference) {
        var schema = ModelUtils.getReferencedSchema(contract, reference);
        schema.addExtension("x-request", true);
        properties(schema).values().stream()
                .map(Schema::getItems)
                .filter(items -> items != null && items.get$ref() != null)
                .forEach(items -> markRequest(contract, items));
    }

    /** Marks the schema of an item whose response has an ETag. */
    private static void markVersioned(OpenAPI contract, Operation operation) {
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2")
                    && response.getHeaders() != null
                    && response.getHeaders().containsKey("ETag")) {
                ModelUtils.getReferencedSchema(contract, ModelUtils.getSchemaFromResponse(contract, response))
                        .addExtension("x-etag", true);
            }
        });
    }

    /** Adds a schema of the filters and the page size, if the operation returns pages. */
    private static void addQuery(OpenAPI contract, Operation operation) {
        if (!isList(contract, operation)) {
            return;
        }
        var item = item(contract, operation);
        var filters = queryParameters(contract, operation).count() > 2 ? "filters, the " : "";
        var query = new Schema<>()
                .type("object")
                .description("The " + filters + "page size and the start of `" + operation.getOperationId() + "`.");
        query.addExtension("x-request", true);
        query.addExtension("x-query", true);
        var descriptions = new LinkedHashMap<String, String>();
        queryParameters(contract, operation).forEach(parameter -> {
            var name = Operations.property(parameter.getName());
            query.addProperty(name, parameter.getSchema());
            descriptions.put(name, parameter.getDescription().replaceFirst("^Return", "Matches"));
        });
        query.addExtension("x-property-descriptions", descriptions);
        contract.getComponents().addSchemas(item + "Query", query);
    }

    private static boolean isList(OpenAPI contract, Operation operation) {
        return queryParameters(contract, operation)
                .anyMatch(parameter -> parameter.getName().equals("cursor"));
    }

    private static Stream<Parameter> queryParameters(OpenAPI contract, Operation operation) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .map(parameter -> ModelUtils.getReferencedParameter(contract, parameter))
                .filter(parameter -> parameter.getIn().equals("query"));
    }

    /** The name of the items in the pages that the operation returns. */
    private static String item(OpenAPI contract, Operation operation) {
        var page = ModelUtils.getReferencedSchema(
                contract,
                ModelUtils.getSchemaFromResponse(
                        contract, operation.getResponses().get("200")));
        var items = page.getItems() != null
                ? page.getItems()
                : properties(page).values().stream()
                        .map(Schema::getItems)
                        .filter(each -> each != null)
                        .findFirst()
                        .orElseThrow();
        return ModelUtils.getSimpleRef(items.get$ref());
    }

    @SuppressWarnings("rawtypes")
    private static Map<String, Schema> properties(Schema<?> schema) {
        return schema.getProperties() == null ? new LinkedHashMap<>() : schema.getProperties();
    }

    @Override
    public Map<String, ModelsMap> postProcessAllModels(Map<String, ModelsMap> all) {
        var models = super.postProcessAllModels(all);
        var types = models.values().stream()
                .flatMap(file -> file.getModels().stream())
                .map(ModelMap::getModel)
                .collect(toMap(model -> model.classname, model -> model));
        types.values().forEach(model -> describe(model, types));
        for (var file : models.values()) {
            for (var model : file.getModels()) {
                file.setImports(imports(complete(model.getModel())).stream()
                        .map(name -> Map.of("import", name))
                        .toList());
            }
        }
        return models;
    }

    /** Adds what the templates need. */
    private static CodegenModel complete(CodegenModel model) {
        var extensions = model.vendorExtensions;
        extensions.put(
                "x-text",
                Javadoc.text(Optional.ofNullable(model.unescapedDescription)
                        .orElse("The " + Javadoc.words(model.classname) + ".")));
        if (model.isEnum) {
            return model;
        }
        if (model.vars.removeIf(property -> property.baseName.equals(CURSOR))) {
            var items = model.vars.stream().filter(property -> property.isArray).findFirst();
            items.orElseThrow().name = "items";
            items.orElseThrow().unescapedDescription = "The items of this page, in the order of the list.";
            extensions.put("x-page", items.orElseThrow().items.dataType);
        }
        var request = extensions.containsKey("x-request");
        var query = extensions.containsKey("x-query");
        var change = request && model.classname.endsWith("Change");
        if (request && !query && !change && model.vars.size() == 1) {
            // Without its only value, the object would be pointless.
            model.vars.get(0).required = true;
        }
        model.vars.forEach(property -> complete(property, request));
        model.vars.forEach(property -> property.vendorExtensions.put("x-sent", request && !query));
        var names = model.vars.stream().map(property -> property.name).collect(joining(", "));
        model.vars.forEach(property -> property.vendorExtensions.put("x-names", names));
        extensions.put("x-names", names);
        extensions.put("x-constructor", constructor(model));
        extensions.put("x-factory", query ? "all" : change ? "none" : "of");
        extensions.put("x-change", change);
        extensions.put("x-draft", !query && !change);
        var given = model.vars.stream().filter(property -> property.required).toList();
        extensions.put("x-given", given);
        extensions.put("x-nothing-given", given.isEmpty());
        return model;
    }

    /**
     * Describes the properties that are references, because OpenAPI 3.0 ignores a description beside a reference. The
     * default is the description of the type.
     */
    private static void describe(CodegenModel model, Map<String, CodegenModel> types) {
        var descriptions = (Map<?, ?>) model.vendorExtensions.getOrDefault("x-property-descriptions", Map.of());
        if (!model.vars.stream().map(property -> property.baseName).toList().containsAll(descriptions.keySet())) {
            throw new IllegalArgumentException(
                    "x-property-descriptions of " + model.name + " describes a property that does not exist.");
        }
        for (var property : model.vars) {
            if (descriptions.get(property.baseName) instanceof String description) {
                property.unescapedDescription = description;
            } else if (property.unescapedDescription == null && types.containsKey(property.dataType)) {
                property.unescapedDescription = types.get(property.dataType).unescapedDescription;
            }
        }
    }

    private static void complete(CodegenProperty property, boolean request) {
        var extensions = property.vendorExtensions;
        if (request && property.isInteger && property.baseName.endsWith("Seconds")) {
            property.name = property.baseName.replaceFirst("Seconds$", "");
            property.nameInPascalCase = property.nameInPascalCase.replaceFirst("Seconds$", "");
            property.dataType = "Duration";
            extensions.put("x-seconds", true);
        }
        if (request && property.isEnumRef) {
            extensions.put("x-enum", true);
        }
        var text = Javadoc.text(property);
        extensions.put("x-text", request ? Javadoc.withLimits(text, property) : text);
        extensions.put("x-field", field(property));
        extensions.put("x-parameter", Javadoc.parameter((String) extensions.get("x-text")));
        extensions.put("x-type", PRIMITIVES.getOrDefault(property.dataType, property.dataType));
        extensions.put(PRIMITIVES.containsKey(property.dataType) ? "x-primitive" : "x-object", true);
        extensions.put("x-renamed", !property.name.equals(property.baseName));
    }

    private static String field(CodegenProperty property) {
        return property.required
                ? PRIMITIVES.getOrDefault(property.dataType, property.dataType)
                : "@Nullable " + property.dataType;
    }

    /** Returns the head of the private constructor of a request, on one line if it fits. */
    private static String constructor(CodegenModel model) {
        var parameters = model.vars.stream()
                .map(property -> field(property) + " " + property.name)
                .toList();
        var head = "    private " + model.classname + "(";
        var line = head + String.join(", ", parameters) + ") {";
        return line.length() <= Javadoc.WIDTH
                ? line
                : head + "\n            " + String.join(",\n            ", parameters) + ") {";
    }

    private static Set<String> imports(CodegenModel model) {
        var imports = new TreeSet<String>();
        if (model.isEnum) {
            imports.add("com.fasterxml.jackson.annotation.JsonEnumDefaultValue");
            imports.add("com.fasterxml.jackson.annotation.JsonProperty");
            return imports;
        }
        var extensions = model.vendorExtensions;
        for (var property : model.vars) {
            Stream.of(property.dataType.split("[<>]"))
                    .filter(IMPORTS::containsKey)
                    .map(IMPORTS::get)
                    .forEach(imports::add);
        }
        if (model.vars.stream().anyMatch(property -> !property.required)) {
            imports.add("java.util.Optional");
        }
        if (!extensions.containsKey("x-query")) {
            imports.add("com.fasterxml.jackson.annotation.JsonProperty");
        }
        imports.add("org.jspecify.annotations.Nullable");
        if (extensions.containsKey("x-request")) {
            imports.add("java.util.Objects");
            if (model.vars.stream().anyMatch(property -> property.vendorExtensions.containsKey("x-seconds"))) {
                imports.add("com.fasterxml.jackson.annotation.JsonFormat");
            }
        } else {
            imports.add("com.fasterxml.jackson.annotation.JsonAnySetter");
            imports.add("io.multicloudboutique.client.internal.http.UnknownFields");
            imports.add("java.util.Map");
            if (model.vars.stream().anyMatch(property -> property.isArray && !property.required)) {
                imports.add("com.fasterxml.jackson.annotation.JsonSetter");
                imports.add("com.fasterxml.jackson.annotation.Nulls");
            }
            if (extensions.containsKey("x-etag")) {
                imports.add("com.fasterxml.jackson.annotation.JacksonInject");
                imports.add("java.util.Optional");
            }
            if (extensions.containsKey("x-page")) {
                imports.add("com.fasterxml.jackson.annotation.JsonIgnoreProperties");
                imports.add("io.multicloudboutique.client.Page");
            }
        }
        return imports;
    }
}
