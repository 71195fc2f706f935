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
            HttpMethod.POST,
                    List.of(
                            "create", "reserve", "release", "confirm", "cancel", "extend", "return", "adjust",
                            "refund"),
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
            "Every operation has a description of at least one sentence. That of a list states its order, that of a PUT the effect of "
                    + "omitted fields, and that of an action its effect without a body or when repeated. Every parameter has a "
                    + "description.",
            operation -> Stream.concat(
                    when(
                            !hasSentence(operation),
                            "write a description that adds to the summary, and end it with a full stop"),
                    operation.parameters().stream()
                            .filter(parameter -> isBlank(parameter.getDescription()))
                            .map(Parameter::getName)
                            .map(name -> "describe the parameter " + name)));

    /** Whether the description has a sentence besides the one that every operation has about its scope. */
    private static boolean hasSentence(ContractOperation operation) {
        String description = operation.operation().getDescription();
        return description != null
                && description.strip().endsWith(".")
                && !isBlank(description.replace(scopeSentence(operation), ""));
    }

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

    private static final SecurityRequirement API_KEY = new SecurityRequirement().addList("apiKey", List.of());
    private static final SecurityRequirement BEARER = new SecurityRequirement().addList("bearer", List.of());
    private static final SecurityRequirement OPEN_ACCESS = new SecurityRequirement();

    static final ContractRule SECURITY = ofOperations(
            "security",
            "An operation allows an API key, a bearer token, or open access. Health operations need no credentials, because probes "
                    + "have none.",
            operation -> {
                List<SecurityRequirement> declared = operation.security();
                boolean demanded = declared != null
                        && (operation.isHealth()
                                ? declared.isEmpty()
                                : declared.size() == 3 && declared.containsAll(List.of(API_KEY, BEARER, OPEN_ACCESS)));
                return when(
                        !demanded,
                        operation.isHealth()
                                ? "declare security: []"
                                : "declare security: [{apiKey: []}, {bearer: []}, {}]");
            });

    static final ContractRule OPEN_ACCESS_LAST = ofOperations(
            "open-access-last",
            "Open access, {}, is the last alternative in security: tools that support only one alternative take the first one and would "
                    + "send no credentials.",
            operation -> when(
                    operation.security() != null
                            && operation.security().contains(OPEN_ACCESS)
                            && operation.security().indexOf(OPEN_ACCESS)
                                    < operation.security().size() - 1,
                    "move {} to the end of security"));

    static final ContractRule REQUIRED_SCOPES = ofOperations(
            "required-scopes",
            "An operation names the scope that a bearer token needs in x-required-scopes and in its description: <service>:read (GET) or "
                    + "<service>:write. OpenAPI 3.0 permits no scopes for the type http.",
            operation -> {
                Object declared = operation.operation().getExtensions() == null
                        ? null
                        : operation.operation().getExtensions().get("x-required-scopes");
                if (operation.isHealth()) {
                    return when(declared != null, "remove x-required-scopes");
                }
                return Stream.concat(
                        when(
                                !List.of(scope(operation)).equals(declared),
                                "declare x-required-scopes: ['" + scope(operation) + "']"),
                        when(
                                operation.operation().getDescription() == null
                                        || !operation
                                                .operation()
                                                .getDescription()
                                                .contains(scopeSentence(operation)),
                                "add to the description: " + scopeSentence(operation)));
            });

    private static String scopeSentence(ContractOperation operation) {
        return "A bearer token needs the scope `" + scope(operation) + "`.";
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

    static final ContractRule SUCCESS_STATUS = ofOperations(
            "success-status",
            "A create operation, and an action that returns a new item in Location, returns 201, every other operation 200.",
            operation -> {
                String demanded = operation.isCreate() || operation.successesHave("Location") ? "201" : "200";
                return when(!operation.responses().containsKey(demanded), "declare the response " + demanded);
            });

    static final List<ContractRule> ALL = List.of(
            OPERATION_ID,
            SUMMARY,
            DESCRIPTION,
            TAG,
            SECURITY,
            OPEN_ACCESS_LAST,
            REQUIRED_SCOPES,
            SUCCESS_FIRST,
            SUCCESS_STATUS);

    private OperationRules() {}
}
