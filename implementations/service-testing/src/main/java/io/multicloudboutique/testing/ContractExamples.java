package io.multicloudboutique.testing;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.multicloudboutique.testing.ContractClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What a contract shows is what happens: its requests succeed as they stand, its problems occur. A service's test extends it,
 * says which ids fit, and how to provoke each problem.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ContractExamples {

    private static final Set<String> EXEMPT = Set.of(
            "unauthenticated", // access is open here; all contracts share it, and food's JwtTest provokes it
            "forbidden", // likewise
            "rate-limited", // a gateway in front of the service decides it
            "internal"); // there is no request that should

    private final List<ContractOperation> operations;
    private final RunningService service;
    private final Map<String, String> ids;

    /**
     * @param name whose contract it is
     * @param service the service, on fresh data
     * @param ids for each path parameter of a request with a body the id of something that exists
     */
    protected ContractExamples(String name, RunningService service, Map<String, String> ids) {
        this.operations = ContractOperation.of(name);
        this.service = service;
        this.ids = ids;
    }

    /**
     * What provokes the problems, each in data of its own, by the name of the example; behind an operation's id and a space, if
     * the example of this operation is another one.
     */
    protected abstract Map<String, Callable<Answer>> provocations();

    Stream<Arguments> requests() {
        return operations.stream()
                .flatMap(operation -> operation.requests().entrySet().stream()
                        .map(example -> arguments(operation.id(), example.getKey(), operation, example.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}", quoteTextArguments = false)
    @MethodSource("requests")
    void aRequestThatIsShownSucceeds(String id, String name, ContractOperation operation, JsonNode body) {
        service.client()
                .call(operation.method(), operation.pathOf(ids))
                .json(body.toString())
                .expect(operation.success());
    }

    Stream<Arguments> problems() {
        return operations.stream()
                .flatMap(operation -> operation.problems().entrySet().stream()
                        .filter(example -> !EXEMPT.contains(code(example.getValue())))
                        .map(example -> Map.entry(key(operation, example.getKey()), example.getValue())))
                .distinct()
                .map(problem -> arguments(problem.getKey(), problem.getValue()));
    }

    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @MethodSource("problems")
    void aProblemThatIsShownHappens(String key, JsonNode shown) throws Exception {
        assertThat(provocations()).as("Say how to provoke it").containsKey(key);
        assertIsShown(provocations().get(key).call(), shown);
    }

    /** Asserts that a problem is the one of the example: in its kind, and in which members it has. */
    public static void assertIsShown(Answer answer, JsonNode shown) {
        assertThat(answer.status())
                .as(answer.toString())
                .isEqualTo(shown.path("status").asInt());
        for (var member : List.of("code", "type", "title")) {
            assertThat(answer.json().path(member)).as(answer.toString()).isEqualTo(shown.path(member));
        }
        assertThat(answer.json().propertyNames()).as(answer.toString()).hasSameElementsAs(shown.propertyNames());
    }

    @Test
    void whatIsProvokedIsShown() {
        var shown = problems().map(problem -> problem.get()[0]).collect(toSet());
        assertThat(provocations().keySet()).allMatch(shown::contains);
    }

    private String key(ContractOperation operation, String example) {
        var own = operation.id() + " " + example;
        return provocations().containsKey(own) ? own : example;
    }

    private static String code(JsonNode problem) {
        return problem.path("code").asString();
    }
}
