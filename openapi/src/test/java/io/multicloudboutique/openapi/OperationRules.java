package io.multicloudboutique.openapi;

import static io.multicloudboutique.openapi.ContractRule.ofOperations;
import static io.multicloudboutique.openapi.ContractRule.when;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about the name, the documentation, the security and the success response of an operation. */
final class OperationRules {

    private static final Map<HttpMethod, List<String>> VERBS = Map.of(
            HttpMethod.GET, List.of("list", "get"),
            HttpMethod.POST, List.of("create", "reserve", "release", "confirm", "cancel"),
            HttpMethod.PUT, List.of("update"),
            HttpMethod.DELETE, List.of("delete"));

    static final ContractRule OPERATION_ID = new ContractRule(
            "operation-id",
            "An operationId consists of a verb that matches the HTTP method and a noun, in camelCase. It is unique in the contract.",
            contracts -> contracts.judged().stream().flatMap(contract -> {
                Set<String> taken = new HashSet<>();
                return contract.operations().flatMap(operation -> {
                    List<String> verbs = VERBS.getOrDefault(operation.method(), List.of());
                    boolean wellFormed = operation.id().matches("(" + String.join("|", verbs) + ")([A-Z][a-z0-9]+)+");
                    return Stream.of(
                                    when(
                                            !wellFormed,
                                            "name the operation with one of the verbs " + verbs + " and a noun"),
                                    when(
                                            !taken.add(operation.id()),
                                            "choose an operationId that no other operation has"))
                            .flatMap(remedies -> remedies)
                            .map(remedy -> new Violation(operation.toString(), remedy));
                });
            }));

    static final ContractRule SUMMARY = ofOperations(
            "summary",
            "A summary describes the operation in one line: it starts with a capital letter, has at most 80 characters and no full stop.",
            operation -> when(
                    operation.operation().getSummary() == null
                            || !operation.operation().getSummary().matches("\\p{Lu}.{0,79}(?<!\\.)"),
                    "write a one-line summary with at most 80 characters and no full stop"));

    static final ContractRule DESCRIPTION = ofOperations(
            "description",
            "The description of a list states its order, that of a PUT the effect of omitted fields, and that of an action "
                    + "its effect without a body or when repeated. Every parameter has a description.",
            operation -> Stream.concat(
                    when(
                            (operation.isList() || operation.is(HttpMethod.PUT) || operation.isAction())
                                    && isBlank(operation.operation().getDescription()),
                            "write a description"),
                    operation.parameters().stream()
                            .filter(parameter -> isBlank(parameter.getDescription()))
                            .map(Parameter::getName)
                            .map(name -> "describe the parameter " + name)));

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    static final ContractRule TAG = new ContractRule(
            "tag",
            "An operation has exactly one tag. Every tag is declared, described and used.",
            contracts -> contracts.judged().stream().flatMap(contract -> {
                List<Tag> tags = contract.resolved().getTags() == null
                        ? List.of()
                        : contract.resolved().getTags();
                Set<String> declared = tags.stream().map(Tag::getName).collect(Collectors.toSet());
                Set<String> used = contract.operations()
                        .flatMap(operation -> tagsOf(operation).stream())
                        .collect(Collectors.toSet());
                return Stream.concat(
                        contract.operations()
                                .filter(operation ->
                                        tagsOf(operation).size() != 1 || !declared.containsAll(tagsOf(operation)))
                                .map(operation -> new Violation(
                                        operation.toString(),
                                        "give the operation exactly one of the tags " + declared)),
                        tags.stream()
                                .filter(tag -> isBlank(tag.getDescription()) || !used.contains(tag.getName()))
                                .map(tag -> new Violation(
                                        contract.written().file() + "#/tags",
                                        "describe and use the tag " + tag.getName() + ", or remove it")));
            }));

    private static List<String> tagsOf(ContractOperation operation) {
        return operation.operation().getTags() == null
                ? List.of()
                : operation.operation().getTags();
    }

    static final ContractRule SECURITY = ofOperations(
            "security",
            "An operation allows open access, an API key, or a token with the scope <service>:read (GET) or <service>:write. "
                    + "Health operations need no credentials, because probes have none.",
            operation -> when(
                    !demandedSecurity(operation).equals(operation.security()),
                    operation.isHealth()
                            ? "declare security: []"
                            : "declare security: [{}, {apiKey: []}, {oidc: ['" + scope(operation) + "']}]"));

    private static List<SecurityRequirement> demandedSecurity(ContractOperation operation) {
        return operation.isHealth()
                ? List.of()
                : List.of(
                        new SecurityRequirement(),
                        new SecurityRequirement().addList("apiKey", List.of()),
                        new SecurityRequirement().addList("oidc", scope(operation)));
    }

    private static String scope(ContractOperation operation) {
        return operation.contract().service() + (operation.is(HttpMethod.GET) ? ":read" : ":write");
    }

    static final ContractRule SUCCESS_FIRST = ofOperations(
            "success-first",
            "The success response is the only 2xx response. It is declared first, because the generated servers return that status.",
            operation -> {
                List<String> statuses = List.copyOf(operation.responses().keySet());
                return when(
                        !statuses.get(0).startsWith("2")
                                || operation.successes().count() != 1,
                        "declare one 2xx response, and declare it first; the responses are " + statuses);
            });

    static final ContractRule SUCCESS_STATUS =
            ofOperations("success-status", "A create operation returns 201, every other operation 200.", operation -> {
                String demanded = operation.isCreate() ? "201" : "200";
                return when(!operation.responses().containsKey(demanded), "declare the response " + demanded);
            });

    static final List<ContractRule> ALL =
            List.of(OPERATION_ID, SUMMARY, DESCRIPTION, TAG, SECURITY, SUCCESS_FIRST, SUCCESS_STATUS);

    private OperationRules() {}
}
