package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.ContractOperation;
import io.multicloudboutique.testing.RunningService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that requests without valid credentials can access only the open paths. */
@ParameterizedClass
@EnumSource
class NoCredentialsTest {

    @RegisterExtension
    static final RunningService withKeys = RunningService.of(
            FoodApplication.class,
            "food",
            () -> "boutique.security.mode=api-key",
            () -> "boutique.security.api-keys=checkout=" + "a".repeat(64));

    @RegisterExtension
    static final RunningService withTokens = RunningService.of(
            FoodApplication.class,
            "food",
            () -> "boutique.security.mode=jwt",
            () -> "boutique.security.jwt.issuer=https://issuer.example",
            () -> "boutique.security.jwt.audience=boutique");

    enum Mode {
        API_KEY,
        JWT
    }

    private static final Set<String> OPEN = Set.of("getHealth", "getLiveness", "getReadiness");

    @Parameter
    Mode mode;

    static List<ContractOperation> operations() {
        return ContractOperation.of("food");
    }

    static Stream<String> ids() {
        return operations().stream().map(ContractOperation::id);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyOperationExceptHealthRequiresCredentials(String id) {
        var operation = operations().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findAny()
                .orElseThrow();
        var call = food().client().call(operation.method(), operation.pathOf(Map.of("id", "1")));
        if (OPEN.contains(id)) {
            call.expect(operation.success());
            return;
        }
        var before = food().database().content("food");
        operation.requests().values().stream().findFirst().ifPresent(body -> call.json(body.toString()));

        var response = call.expectProblem(401, "unauthenticated");

        assertThat(response.header("WWW-Authenticate")).isEqualTo(mode == Mode.JWT ? "Bearer" : "ApiKey");
        assertThat(response.header("Content-Security-Policy")).isNotEmpty();
        assertThat(response.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(food().database().content("food")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /nowhere",
                "GET //food/1",
                "GET /food/",
                "GET /food/1;a=b",
                "GET /food/%2F",
                "GET /food/0x1",
                "GET /food?limit=0",
                "PATCH /food/1",
                "TRACE /food/1",
                "OPTIONS /food",
                "POST /food",
                "POST /health",
                "DELETE /openapi.yaml",
                "GET /health/../food/1",
                "GET /openapi.yaml/",
                "GET /openapi.json/food/1",
                "GET /openapi.json/../food/1"
            })
    void unknownPathsAndInvalidRequestsAlsoRequireCredentials(String request) {
        var parts = request.split(" ");
        food().client().call(parts[0], parts[1]).body("{").expectProblem(401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/swagger-ui/../food/1",
                "/swagger-ui/%2e%2e/food/1",
                "/swagger-ui/..%2ffood/1",
                "/swagger-ui//food/1"
            })
    void openPagesDoNotLeadToProtectedPaths(String path) {
        food().client().get(path).expectProblem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/livez", "/readyz"})
    void wrongCredentialsDoNotAffectHealthProbes(String path) {
        food().client()
                .get(path)
                .header("X-API-Key", "wrong")
                .header("Authorization", "Bearer wrong")
                .expect(200);
    }

    private RunningService food() {
        return mode == Mode.JWT ? withTokens : withKeys;
    }
}
