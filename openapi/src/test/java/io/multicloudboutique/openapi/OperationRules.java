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

/** Rules about what an operation is called, who may call it, and what it answers when all is well. */
final class OperationRules {

    private static final Map<HttpMethod, List<String>> VERBS = Map.of(
            HttpMethod.GET, List.of("list", "get"),
            HttpMethod.POST, List.of("create", "reserve", "release", "confirm", "cancel"),
            HttpMethod.PUT, List.of("update"),
            HttpMethod.DELETE, List.of("delete"));

    static final ContractRule OPERATION_ID = new ContractRule(
            "operation-id",
            "An operationId is a verb of its method and a noun, in camelCase, and no other operation of the contract has it.",
            contracts -> contracts.judged().stream().flatMap(contract -> {
                Set<String> taken = new HashSet<>();
                return contract.operations().flatMap(operation -> {
                    List<String> verbs = VERBS.getOrDefault(operation.method(), List.of());
                    boolean wellFormed = operation.id().matches("(" + String.join("|", verbs) + ")([A-Z][a-z0-9]+)+");
                    return Stream.of(
                                    when(!wellFormed, "let the operationId be one of " + verbs + " and a noun"),
                                    when(!taken.add(operation.id()), "choose an operationId that is not taken"))
                            .flatMap(remedies -> remedies)
                            .map(remedy -> new Violation(operation.toString(), remedy));
                });
            }));

    static final ContractRule SUMMARY = ofOperations(
            "summary",
            "A summary says in one line what the operation does: a capital first, at most 80 characters, no full stop.",
            operation -> when(
                    operation.operation().getSummary() == null
                            || !operation.operation().getSummary().matches("\\p{Lu}.{0,79}(?<!\\.)"),
                    "write a summary of one line"));

    static final ContractRule DESCRIPTION = ofOperations(
            "description",
            "A description says what the summary cannot: of a list its order, of a change what happens to fields that are "
                    + "not sent, of an action what it does without a body or when it is repeated. Parameters have one too.",
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
            "An operation has exactly one tag. Tags are declared, described and used.",
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
                                .map(operation ->
                                        new Violation(operation.toString(), "give it one of the tags " + declared)),
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
            "An operation is open, or takes an API key or a token with the scope <service>:read (GET) or <service>:write. "
                    + "Health is open: probes have no credentials.",
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
            "The success is the first declared response (the generated servers answer with that status) and the only 2xx.",
            operation -> {
                List<String> statuses = List.copyOf(operation.responses().keySet());
                return when(
                        !statuses.get(0).startsWith("2")
                                || operation.successes().count() != 1,
                        "declare one 2xx and let it be the first response, not " + statuses);
            });

    static final ContractRule SUCCESS_STATUS =
            ofOperations("success-status", "A create answers 201, everything else 200.", operation -> {
                String demanded = operation.isCreate() ? "201" : "200";
                return when(!operation.responses().containsKey(demanded), "answer " + demanded);
            });

    static final List<ContractRule> ALL =
            List.of(OPERATION_ID, SUMMARY, DESCRIPTION, TAG, SECURITY, SUCCESS_FIRST, SUCCESS_STATUS);

    private OperationRules() {}
}
