package io.multicloudboutique.openapi;

import static io.multicloudboutique.openapi.ContractRule.ofOperations;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules about errors: the problems that an operation declares, their form, and the catalogue of problem codes. */
final class ProblemRules {

    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String PROBLEM_SCHEMA = "shared/problems.yaml#/components/schemas/Problem";

    static final ContractRule POSSIBLE_PROBLEMS = ofOperations(
            "possible-problems",
            "An operation declares every problem that it can return.",
            operation -> possible(operation)
                    .filter(status -> !operation.problems().contains(status))
                    .map(status -> "declare the response " + status));

    static final ContractRule IMPOSSIBLE_PROBLEMS = ofOperations(
            "impossible-problems", "An operation declares no problem that it cannot return.", operation -> {
                Set<String> impossible = new TreeSet<>(operation.problems());
                impossible.removeAll(possible(operation).collect(Collectors.toSet()));
                if (operation.hasBody()) {
                    // A body may refer to items that do not exist.
                    impossible.remove("404");
                }
                if (operation.is(HttpMethod.PUT, HttpMethod.DELETE)) {
                    // Only the service knows whether a change can conflict with other items.
                    impossible.remove("409");
                }
                return impossible.stream().map(status -> "remove the response " + status);
            });

    private static Stream<String> possible(ContractOperation operation) {
        // Any request can be malformed, or too long in its path, query or headers.
        Set<String> statuses = new TreeSet<>(Set.of("400", "406", "414", "431", "500"));
        if (!operation.path().equals("/livez")) {
            // Liveness, /livez, depends only on the process itself, so it cannot return 503.
            statuses.add("503");
        }
        if (!operation.isHealth()) {
            // Health operations have no rate limit, because probes call them.
            statuses.add("429");
        }
        if (operation.isSecured()) {
            statuses.addAll(Set.of("401", "403"));
        }
        if (operation.parameters().stream()
                .anyMatch(parameter -> parameter.getIn().equals("path"))) {
            statuses.add("404");
        }
        if (operation.hasBody()) {
            statuses.addAll(Set.of("413", "415"));
        }
        if (operation.is(HttpMethod.POST)) {
            statuses.addAll(Set.of("409", "422"));
        }
        if (operation.is(HttpMethod.PUT, HttpMethod.DELETE)) {
            statuses.add("412");
        }
        return statuses.stream();
    }

    static final ContractRule NAMED_PROBLEMS = new ContractRule(
            "named-problems",
            "An operation declares each problem in one line, as a reference to a named response.",
            contracts -> problemResponses(contracts)
                    .filter(response -> !response.has("$ref"))
                    .map(response -> new Violation(
                            response.toString(), "move the response to components/responses and reference it")));

    static final ContractRule PROBLEM_JSON_ONLY = new ContractRule(
            "problem-json",
            "The only content of an error response is application/problem+json with the shared Problem schema.",
            contracts -> problemResponses(contracts)
                    .map(contracts::follow)
                    .filter(response -> {
                        Place content = response.at("content");
                        return content.value().size() != 1
                                || !contracts
                                        .target(content.at(PROBLEM_JSON).at("schema"))
                                        .toString()
                                        .equals(PROBLEM_SCHEMA);
                    })
                    .map(response -> new Violation(
                            response.toString(),
                            "declare only " + PROBLEM_JSON + " with the schema " + PROBLEM_SCHEMA)));

    static final ContractRule RETRY_AFTER = new ContractRule(
            "retry-after",
            "429 and 503 declare Retry-After. So does the 409 of a POST, because the first request may still be in progress.",
            contracts -> contracts
                    .operations()
                    .flatMap(operation -> problemResponses(operation)
                            .filter(response -> Set.of("429", "503").contains(response.key())
                                    || (response.key().equals("409") && operation.is(HttpMethod.POST)))
                            .map(contracts::follow)
                            .filter(response -> !response.at("headers").has("Retry-After"))
                            .map(response -> new Violation(response.toString(), "declare the header Retry-After"))));

    static final ContractRule RATE_LIMIT = new ContractRule(
            "rate-limit",
            "429 declares RateLimit-Policy and RateLimit.",
            contracts -> problemResponses(contracts)
                    .filter(response -> response.key().equals("429"))
                    .map(contracts::follow)
                    .flatMap(response -> Stream.of("RateLimit-Policy", "RateLimit")
                            .filter(header -> !response.at("headers").has(header))
                            .map(header -> new Violation(response.toString(), "declare the header " + header))));

    static final ContractRule REQUEST_IN_PROGRESS = new ContractRule(
            "request-in-progress",
            "The 409 of a POST has an example of the problem request-in-progress, which every POST can return.",
            contracts -> contracts
                    .operations()
                    .filter(operation -> operation.is(HttpMethod.POST))
                    .flatMap(ProblemRules::problemResponses)
                    .filter(response -> response.key().equals("409"))
                    .map(contracts::follow)
                    .filter(response -> examples(contracts, response)
                            .noneMatch(problem -> problem.text("code").equals("request-in-progress")))
                    .map(response -> new Violation(
                            response.toString(), "reference the example RequestInProgress of shared/problems.yaml")));

    static final ContractRule PROBLEM_STATUS = new ContractRule(
            "problem-status",
            "The example of a problem has the status of its response.",
            contracts -> problemResponses(contracts)
                    .flatMap(response -> examples(contracts, contracts.follow(response))
                            .filter(problem ->
                                    !problem.value().path("status").asString("").equals(response.key()))
                            .map(problem -> new Violation(problem.toString(), "set the status to " + response.key()))));

    static final ContractRule PROBLEM_WORDS = new ContractRule(
            "problem-words",
            "The example of a problem has the type, title and status of its code in x-problems. Its error repeats the detail "
                    + "on one line. Only validation-failed has violations.",
            contracts -> contracts
                    .judgedDocuments()
                    .flatMap(document -> document.mediaTypes().stream())
                    .filter(mediaType -> mediaType.key().equals(PROBLEM_JSON))
                    .flatMap(mediaType -> mediaType.at("examples").children())
                    .map(example -> contracts.follow(example).at("value"))
                    .flatMap(problem -> {
                        String code = problem.text("code");
                        JsonNode catalogued = catalogue(contracts).at(code).value();
                        boolean agrees = problem.text("type").equals("urn:multicloudboutique:problem:" + code)
                                && problem.value().path("title").equals(catalogued.path("title"))
                                && problem.value().path("status").equals(catalogued.path("status"))
                                && problem.text("error")
                                        .equals(problem.text("detail").replace('\n', ' '))
                                && problem.has("violations") == code.equals("validation-failed");
                        return agrees
                                ? Stream.empty()
                                : Stream.of(
                                        new Violation(
                                                problem.toString(),
                                                "use the type, title and status of " + code + " " + catalogued
                                                        + ", copy detail to error, and list violations only for validation-failed"));
                    }));

    static final ContractRule PROBLEM_CATALOGUE = new ContractRule(
            "problem-catalogue",
            "x-problems has the status and title of every code of ProblemCode, and no other entries.",
            contracts -> {
                Place catalogue = catalogue(contracts);
                Set<String> codes = new TreeSet<>(codes(contracts));
                codes.addAll(catalogue.value().propertyNames());
                return codes.stream()
                        .filter(code -> !codes(contracts).contains(code)
                                || !catalogue.at(code).value().path("status").isInt()
                                || catalogue.at(code).text("title").isBlank())
                        .map(code -> new Violation(
                                catalogue.toString(),
                                "list " + code
                                        + " in the enum of ProblemCode, and its status and title in x-problems"));
            });

    static final ContractRule SHOWN_CODES = new ContractRule(
            "shown-codes",
            "Every code of ProblemCode has an example. The exception is method-not-allowed, which no operation can return.",
            contracts -> {
                Set<String> unshown = new TreeSet<>(codes(contracts));
                unshown.remove("method-not-allowed");
                contracts
                        .allDocuments()
                        .flatMap(document -> document.mediaTypes().stream())
                        .flatMap(mediaType -> mediaType.at("examples").children())
                        .forEach(example -> unshown.remove(
                                contracts.follow(example).at("value").text("code")));
                return unshown.stream()
                        .map(code -> new Violation(
                                catalogue(contracts).toString(), "add an example of the problem " + code));
            });

    /** The declared problem responses as written, most of them as references. */
    private static Stream<Place> problemResponses(Contracts contracts) {
        return contracts.operations().flatMap(ProblemRules::problemResponses);
    }

    private static Stream<Place> problemResponses(ContractOperation operation) {
        return operation
                .written()
                .at("responses")
                .children()
                .filter(response -> ContractOperation.isProblem(response.key()))
                // An unhealthy service returns its health, in the same form as a healthy service, instead of a problem.
                .filter(response -> !(operation.isHealth() && response.key().equals("503")));
    }

    private static Stream<Place> examples(Contracts contracts, Place response) {
        return response.at("content")
                .at(PROBLEM_JSON)
                .at("examples")
                .children()
                .map(example -> contracts.follow(example).at("value"));
    }

    private static Place problemCode(Contracts contracts) {
        return contracts
                .byFile()
                .get("shared/problems.yaml")
                .root()
                .at("components")
                .at("schemas")
                .at("ProblemCode");
    }

    private static Place catalogue(Contracts contracts) {
        return problemCode(contracts).at("x-problems");
    }

    private static Set<String> codes(Contracts contracts) {
        Set<String> codes = new HashSet<>();
        problemCode(contracts).at("enum").value().forEach(code -> codes.add(code.asString()));
        return codes;
    }

    static final List<ContractRule> ALL = List.of(
            POSSIBLE_PROBLEMS,
            IMPOSSIBLE_PROBLEMS,
            NAMED_PROBLEMS,
            PROBLEM_JSON_ONLY,
            RETRY_AFTER,
            RATE_LIMIT,
            REQUEST_IN_PROGRESS,
            PROBLEM_STATUS,
            PROBLEM_WORDS,
            PROBLEM_CATALOGUE,
            SHOWN_CODES);

    private ProblemRules() {}
}
