package io.multicloudboutique.contracts.compatibility;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.ChangedContent;
import org.openapitools.openapidiff.core.model.ChangedHeaders;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.ChangedParameters;
import org.openapitools.openapidiff.core.model.ChangedSchema;

/**
 * Describes the changes between two folders of contracts. openapi-diff finds the changes. This class decides which of
 * them break clients, because openapi-diff accepts optional fields that disappear from responses, responses that exceed
 * their former bounds, and changed defaults and scopes. A change that openapi-diff calls breaking and that this class
 * does not describe also counts as breaking.
 */
final class ContractChanges {

    // Both checks are off: openapi-diff treats every change of a pattern as breaking, and ignores the decimal point
    // when it compares 20000 with 9999.99.
    private static final OpenApiDiffOptions OPTIONS = OpenApiDiffOptions.builder()
            .configProperty("incompatible.schema.pattern.changed", "false")
            .configProperty("incompatible.request.numeric.range.decreased", "false")
            .build();

    private final List<Change> changes = new ArrayList<>();
    private final String service;
    private String operation = "The service";

    private ContractChanges(String service) {
        this.service = service;
    }

    static List<Change> between(Path released, Path current) throws IOException {
        var before = contracts(released);
        var now = contracts(current);
        var all = new TreeSet<>(before);
        all.addAll(now);
        var changes = new ArrayList<Change>();
        for (var contract : all) {
            var service = new ContractChanges(contract.replace(".yaml", ""));
            if (!now.contains(contract)) {
                service.breaking("", "removed");
            } else if (!before.contains(contract)) {
                service.compatible("", "added");
            } else {
                service.compare(released.resolve(contract), current.resolve(contract));
            }
            changes.addAll(service.changes);
        }
        return changes;
    }

    private static Set<String> contracts(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void compare(Path released, Path current) {
        var diff = OpenApiCompare.fromLocations(
                released.toAbsolutePath().toString(), current.toAbsolutePath().toString(), null, OPTIONS);
        for (var removed : diff.getMissingEndpoints()) {
            operation = removed.getMethod() + " " + removed.getPathUrl();
            breaking("", "removed");
        }
        for (var added : diff.getNewEndpoints()) {
            operation = added.getMethod() + " " + added.getPathUrl();
            compatible("", "added");
        }
        // Compares credentials without openapi-diff, which does not know the scopes.
        diff.getOldSpecOpenApi()
                .getPaths()
                .forEach((path, old) -> old.readOperationsMap().forEach((method, before) -> {
                    var item = diff.getNewSpecOpenApi().getPaths().get(path);
                    var now = item == null ? null : item.readOperationsMap().get(method);
                    if (now != null) {
                        operation = method + " " + path;
                        security(before.getSecurity(), now.getSecurity());
                        scopes(before.getExtensions(), now.getExtensions());
                    }
                }));
        for (var changed : diff.getChangedOperations()) {
            operation = changed.getHttpMethod() + " " + changed.getPathUrl();
            operation(changed);
            if (changed.isIncompatible()
                    && changes.stream()
                            .noneMatch(change ->
                                    change.breaking() && change.operation().equals(operation))) {
                breaking(
                        "", "changed in a way that openapi-diff calls breaking; compare both versions of the contract");
            }
        }
    }

    private void operation(ChangedOperation changed) {
        if (changed.getOperationId() != null) {
            breaking(
                    "",
                    "operationId renamed from `%s` to `%s`, and so is the method of generated clients"
                            .formatted(
                                    changed.getOperationId().getLeft(),
                                    changed.getOperationId().getRight()));
        }
        var security = changed.getSecurityRequirements();
        if (security != null && security.isIncompatible() && security.getMissing() == null) {
            breaking("", "credentials are sent in a different way");
        }
        if (changed.getParameters() != null) {
            parameters(changed.getParameters());
        }
        var body = changed.getRequestBody();
        if (body != null) {
            if (body.getNewRequestBody() == null) {
                breaking("request", "body removed");
            } else if (Boolean.TRUE.equals(body.getNewRequestBody().getRequired())
                    && (body.getOldRequestBody() == null || body.isChangeRequired())) {
                breaking("request", "body is now required");
            } else if (body.getOldRequestBody() == null || body.isChangeRequired()) {
                compatible("request", "now accepts an optional body");
            }
            content("request", body.getContent(), true);
        }
        var responses = changed.getApiResponses();
        if (responses != null) {
            responses.getMissing().keySet().forEach(status -> breaking("response " + status, "removed"));
            responses.getIncreased().keySet().forEach(status -> compatible("response " + status, "added"));
            responses.getChanged().forEach((status, response) -> {
                headers("response " + status, response.getHeaders());
                content("response " + status, response.getContent(), false);
            });
        }
    }

    private void security(@Nullable List<SecurityRequirement> released, @Nullable List<SecurityRequirement> current) {
        var before = credentials(released);
        var now = credentials(current);
        before.stream()
                .filter(way -> !now.contains(way))
                .forEach(way -> breaking("", "access no longer allowed " + way));
        now.stream().filter(way -> !before.contains(way)).forEach(way -> compatible("", "access now allowed " + way));
    }

    private static Set<String> credentials(@Nullable List<SecurityRequirement> alternatives) {
        if (alternatives == null || alternatives.isEmpty()) {
            return Set.of("without credentials");
        }
        return alternatives.stream()
                .map(way -> way.isEmpty()
                        ? "without credentials"
                        : way.keySet().stream().collect(Collectors.joining("` and `", "with `", "`")))
                .collect(Collectors.toSet());
    }

    private void scopes(@Nullable Map<String, Object> released, @Nullable Map<String, Object> current) {
        var before = requiredScopes(released);
        var now = requiredScopes(current);
        now.stream()
                .filter(scope -> !before.contains(scope))
                .forEach(scope -> breaking("", "a token now needs the scope `%s`".formatted(scope)));
        before.stream()
                .filter(scope -> !now.contains(scope))
                .forEach(scope -> compatible("", "a token no longer needs the scope `%s`".formatted(scope)));
    }

    private static List<?> requiredScopes(@Nullable Map<String, Object> extensions) {
        return extensions == null ? List.of() : (List<?>) extensions.getOrDefault("x-required-scopes", List.of());
    }

    private void parameters(ChangedParameters changed) {
        for (var removed : changed.getMissing()) {
            breaking(name(removed), "removed");
        }
        for (var added : changed.getIncreased()) {
            if (Boolean.TRUE.equals(added.getRequired())) {
                breaking(name(added), "added and required");
            } else {
                compatible(name(added), "added");
            }
        }
        for (var parameter : changed.getChanged()) {
            var name = name(parameter.getNewParameter());
            if (parameter.isChangeRequired()) {
                var required = Boolean.TRUE.equals(parameter.getNewParameter().getRequired());
                add(name, required ? "is now required" : "is now optional", required);
            }
            if (parameter.getSchema() != null) {
                schema(name, "", parameter.getSchema(), true);
            }
        }
    }

    private static String name(Parameter parameter) {
        return "%s parameter `%s`".formatted(parameter.getIn(), parameter.getName());
    }

    private void headers(String where, @Nullable ChangedHeaders changed) {
        if (changed == null) {
            return;
        }
        changed.getMissing().keySet().forEach(name -> breaking(where, "header `%s` removed".formatted(name)));
        changed.getIncreased().keySet().forEach(name -> compatible(where, "header `%s` added".formatted(name)));
        changed.getChanged().forEach((name, header) -> {
            if (header.isRequired()) {
                var optional = !Boolean.TRUE.equals(header.getNewHeader().getRequired());
                add(where, "header `%s` is now %s".formatted(name, optional ? "optional" : "always present"), optional);
            }
            if (header.getSchema() != null) {
                schema(where, "header " + name, header.getSchema(), false);
            }
        });
    }

    private void content(String where, @Nullable ChangedContent changed, boolean request) {
        if (changed == null) {
            return;
        }
        changed.getMissing().keySet().forEach(type -> breaking(where, "media type `%s` removed".formatted(type)));
        changed.getIncreased().keySet().forEach(type -> compatible(where, "media type `%s` added".formatted(type)));
        for (var type : changed.getChanged().values()) {
            if (type.getSchema() != null) {
                schema(where, "", type.getSchema(), request);
            }
        }
    }

    /**
     * A change of a request breaks clients if the service rejects what it accepted before. A change of a response
     * breaks clients if the response can contain something that the released contract excluded.
     */
    private void schema(String where, String path, ChangedSchema changed, boolean request) {
        var before = changed.getOldSchema();
        var now = changed.getNewSchema();
        rule(where, path, "type", before.getType(), now.getType(), request);
        rule(where, path, "format", before.getFormat(), now.getFormat(), request);
        rule(where, path, "pattern", before.getPattern(), now.getPattern(), request);
        bound(where, path, FractionDigits.KEY, FractionDigits.of(before), FractionDigits.of(now), request);
        bound(where, path, "minimum", before.getMinimum(), now.getMinimum(), request);
        bound(where, path, "maximum", before.getMaximum(), now.getMaximum(), request);
        bound(where, path, "minLength", before.getMinLength(), now.getMinLength(), request);
        bound(where, path, "maxLength", before.getMaxLength(), now.getMaxLength(), request);
        bound(where, path, "minItems", before.getMinItems(), now.getMinItems(), request);
        bound(where, path, "maxItems", before.getMaxItems(), now.getMaxItems(), request);
        if (request && changed.isChangeDefault()) {
            breaking(where, oldAndNew(path, "default", before.getDefault(), now.getDefault()));
        }
        values(where, path, before.getEnum(), now.getEnum(), request);

        changed.getMissingProperties()
                .keySet()
                .forEach(field -> breaking(where, "`%s` removed".formatted(within(path, field))));
        changed.getIncreasedProperties().keySet().forEach(field -> {
            var required = request && required(now).contains(field);
            add(where, "`%s` added%s".formatted(within(path, field), required ? " and required" : ""), required);
        });
        changed.getChangedProperties()
                .forEach((field, property) -> schema(where, within(path, field), property, request));
        for (var field : properties(before)) {
            var optional = !required(now).contains(field);
            if (properties(now).contains(field) && optional == required(before).contains(field)) {
                add(
                        where,
                        "`%s` is now %s".formatted(within(path, field), optional ? "optional" : "required"),
                        request != optional);
            }
        }
        if (changed.getItems() != null) {
            schema(where, path + "[]", changed.getItems(), request);
        }
    }

    private void values(
            String where, String path, @Nullable List<?> released, @Nullable List<?> current, boolean request) {
        var before = released == null ? List.of() : released;
        var now = current == null ? List.of() : current;
        if (before.isEmpty() || now.isEmpty()) {
            rule(where, path, "enum", released, current, request);
            return;
        }
        for (var value : before) {
            if (!now.contains(value)) {
                add(where, "`%s` can no longer be `%s`".formatted(path, value), request);
            }
        }
        for (var value : now) {
            if (!before.contains(value)) {
                add(where, "`%s` can now be `%s`".formatted(path, value), !request);
            }
        }
    }

    private void rule(
            String where, String path, String name, @Nullable Object before, @Nullable Object now, boolean request) {
        if (!Objects.equals(before, now)) {
            add(where, oldAndNew(path, name, before, now), (request ? now : before) != null);
        }
    }

    private void bound(
            String where, String path, String name, @Nullable Number before, @Nullable Number now, boolean request) {
        var order = before == null || now == null
                ? 0
                : new BigDecimal(now.toString()).compareTo(new BigDecimal(before.toString()));
        if (before == null ? now == null : now != null && order == 0) {
            return;
        }
        var narrower = now != null && (before == null || (name.startsWith("min") ? order > 0 : order < 0));
        add(where, oldAndNew(path, name, before, now), request == narrower);
    }

    private static String oldAndNew(String path, String name, @Nullable Object before, @Nullable Object now) {
        return "%s%s is %s, was %s"
                .formatted(
                        path.isEmpty() ? "" : "`" + path + "`: ",
                        name,
                        now == null ? "not set" : "`" + now + "`",
                        before == null ? "not set" : "`" + before + "`");
    }

    private static String within(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static Collection<String> required(Schema<?> schema) {
        return schema.getRequired() == null ? List.of() : schema.getRequired();
    }

    private static Collection<String> properties(Schema<?> schema) {
        return schema.getProperties() == null
                ? List.of()
                : schema.getProperties().keySet();
    }

    private void breaking(String where, String what) {
        add(where, what, true);
    }

    private void compatible(String where, String what) {
        add(where, what, false);
    }

    private void add(String where, String what, boolean breaking) {
        changes.add(new Change(service, operation, where, what, breaking));
    }
}
