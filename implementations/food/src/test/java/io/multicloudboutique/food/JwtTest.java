package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.PlainJWT;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.ContractExamples;
import io.multicloudboutique.testing.ContractOperation;
import io.multicloudboutique.testing.RunningService;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Verifies which tokens are accepted, and which operations their scopes permit. */
class JwtTest {

    private static final String SALAD = "{\"name\":\"Salad\",\"category\":\"Salad\",\"price\":8}";
    private static final Issuer issuer = new Issuer();

    @RegisterExtension
    static final RunningService food = RunningService.of(
            FoodApplication.class,
            "food",
            () -> "inventory.service.url=http://127.0.0.1:1",
            () -> "boutique.security.mode=jwt",
            () -> "boutique.security.jwt.issuer=" + issuer.url(),
            () -> "boutique.security.jwt.audience=" + Issuer.AUDIENCE,
            () -> "boutique.security.jwt.jwks=" + issuer.keySetUrl());

    @AfterAll
    static void stopIssuer() {
        issuer.close();
    }

    static Stream<Arguments> accepted() throws JOSEException {
        return Stream.of(
                arguments("RS256", issuer.token()),
                arguments("ES256", issuer.signed(Issuer.header(issuer.ec), issuer.ec, claims -> claims)),
                arguments("PS256", issuer.signed(of(JWSAlgorithm.PS256, issuer.rsa), issuer.rsa, claims -> claims)),
                arguments("RS512", issuer.signed(of(JWSAlgorithm.RS512, issuer.rsa), issuer.rsa, claims -> claims)),
                arguments("no typ", issuer.signed(of(JWSAlgorithm.RS256, issuer.rsa), issuer.rsa, claims -> claims)),
                arguments("type at+jwt", typed("at+jwt")),
                arguments(
                        "no kid",
                        issuer.signed(new JWSHeader.Builder(JWSAlgorithm.RS256), issuer.rsa, claims -> claims)),
                arguments("multiple audiences", issuer.token(claims -> claims.audience(List.of("x", Issuer.AUDIENCE)))),
                arguments(
                        "scopes in scp",
                        issuer.token(claims ->
                                claims.claim("scope", null).claim("scp", List.of("food:read", "food:write")))));
    }

    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @MethodSource("accepted")
    void validTokenPermitsTheOperationsOfItsScopes(String kind, String token) {
        client().get("/food/1").header("Authorization", "Bearer " + token).expect(200);
        create("Bearer " + token).expect(201);
    }

    static Stream<Arguments> rejected() throws Exception {
        var unknownKey = Issuer.rsa("unpublished");
        var otherKey = Issuer.rsa(issuer.rsa.getKeyID());
        var publicKey = issuer.rsa.toRSAPublicKey().getEncoded();
        var publicPem = ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
        var hs256 = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID(issuer.rsa.getKeyID())
                .build();
        var valid = issuer.token();
        return Stream.of(
                arguments("garbage", "garbage"),
                arguments("three parts that are not JSON", "a.b.c"),
                arguments("no token", ""),
                arguments("another issuer", issuer.token(claims -> claims.issuer("https://issuer.example"))),
                arguments("no issuer", issuer.token(claims -> claims.issuer(null))),
                arguments("another audience", issuer.token(claims -> claims.audience("elsewhere"))),
                arguments("no audience", issuer.token(claims -> claims.audience((String) null))),
                arguments(
                        "expired",
                        issuer.token(claims -> claims.issueTime(Issuer.in(-900)).expirationTime(Issuer.in(-90)))),
                arguments("no expiry", issuer.token(claims -> claims.expirationTime(null))),
                arguments("not yet valid", issuer.token(claims -> claims.notBeforeTime(Issuer.in(90)))),
                arguments("no subject", issuer.token(claims -> claims.subject(null))),
                arguments("empty subject", issuer.token(claims -> claims.subject(""))),
                arguments("NUL in the subject", issuer.token(claims -> claims.subject("a\0b"))),
                arguments("another type", typed("logout+jwt")),
                arguments("unknown key", issuer.signed(Issuer.header(unknownKey), unknownKey, claims -> claims)),
                arguments(
                        "known key id, another key",
                        issuer.signed(Issuer.header(otherKey), otherKey, claims -> claims)),
                arguments(
                        "no key id, another key",
                        issuer.signed(new JWSHeader.Builder(JWSAlgorithm.RS256), unknownKey, claims -> claims)),
                arguments(
                        "the signing key in the header",
                        issuer.signed(
                                Issuer.header(unknownKey).jwk(unknownKey.toPublicJWK()), unknownKey, claims -> claims)),
                arguments("alg none", new PlainJWT(issuer.claims().build()).serialize()),
                arguments("no signature", valid.substring(0, valid.lastIndexOf('.') + 1)),
                arguments(
                        "HS256 with the public key", issuer.signed(hs256, new MACSigner(publicKey), claims -> claims)),
                arguments(
                        "HS256 with the public key's PEM",
                        issuer.signed(hs256, new MACSigner(publicPem), claims -> claims)));
    }

    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @MethodSource("rejected")
    void invalidTokenIsRejectedAndHasNoEffect(String kind, String token) {
        var before = food.database().content("food");

        var response = create("Bearer " + token).expectProblem(401, "unauthenticated");

        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(food.database().content("food")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dGVzdGVyOnNlY3JldA==", "Digest x"})
    void otherAuthenticationSchemesAreIgnored(String authorization) {
        assertThat(create(authorization).expectProblem(401, "unauthenticated").header("WWW-Authenticate"))
                .isEqualTo("Bearer");
    }

    @Test
    void twoTokensInOneRequestAreRejected() {
        client().get("/food/1")
                .header("Authorization", "Bearer " + issuer.token())
                .header("Authorization", "Bearer " + issuer.token())
                .expectProblem(401, "unauthenticated");
    }

    @Test
    void tokenInTheQueryIsIgnored() {
        var response = client().get("/food/1?access_token=" + issuer.token()).expectProblem(401, "unauthenticated");

        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void apiKeyIsRejectedIfNoneIsConfigured() {
        client().get("/food/1").header("X-API-Key", "").expectProblem(401, "unauthenticated");
        client().get("/food/1").header("X-API-Key", "any").expectProblem(401, "unauthenticated");
    }

    static Stream<Arguments> insufficient() {
        return Stream.of(
                arguments("GET", "/food/1", null, "food:read"),
                arguments("GET", "/food/1", "food:write", "food:read"),
                arguments("GET", "/food", "inventory:read inventory:write openid", "food:read"),
                arguments("POST", "/food", "food:read", "food:write"),
                arguments("PUT", "/food/1", "food:read", "food:write"),
                arguments("DELETE", "/food/1", "food:read inventory:write food:writes", "food:write"));
    }

    @ParameterizedTest
    @MethodSource("insufficient")
    void tokenWithoutTheRequiredScopeIsRejectedAndHasNoEffect(
            String method, String path, String scope, String requiredScope) {
        var before = food.database().content("food");

        var response = client().call(method, path)
                .json(SALAD)
                .header("Authorization", "Bearer " + issuer.token(claims -> claims.claim("scope", scope)))
                .expectProblem(403, "forbidden");

        assertThat(response.json().path("detail").asString())
                .isEqualTo("The token lacks the scope " + requiredScope + ". Request a token that includes it.");
        assertThat(food.database().content("food")).isEqualTo(before);
    }

    static Stream<Arguments> operations() {
        return ContractOperation.of("food").stream().map(operation -> arguments(operation.id(), operation));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void anOperationNeedsTheScopesInItsContractAndNoOthers(String id, ContractOperation operation) {
        var required = operation.requiredScopes();
        var others = Stream.of("food:read", "food:write", "inventory:read", "inventory:write")
                .filter(scope -> !required.contains(scope))
                .toList();

        assertThat(statusWith(required, operation)).isNotIn(401, 403);
        if (!required.isEmpty()) {
            assertThat(statusWith(others, operation)).isEqualTo(403);
        }
    }

    /** Sends a request without a body, which most operations reject only if the scope suffices. */
    private static int statusWith(List<String> scopes, ContractOperation operation) {
        return client().call(operation.method(), operation.pathOf(Map.of("id", "999999")))
                .header(
                        "Authorization",
                        "Bearer " + issuer.token(claims -> claims.claim("scope", String.join(" ", scopes))))
                .send()
                .status();
    }

    @Test
    void problemsMatchTheExamplesOfTheContract() {
        ContractExamples.assertIsShown(client().get("/food/1").send(), shown("unauthenticated"));
        ContractExamples.assertIsShown(
                client().delete("/food/1")
                        .header("Authorization", "Bearer " + issuer.token(claims -> claims.claim("scope", "food:read")))
                        .send(),
                shown("forbidden"));
    }

    private static JsonNode shown(String problem) {
        return ContractOperation.of("food").stream()
                .filter(operation -> operation.id().equals("deleteFoodItem"))
                .map(operation -> operation.problems().get(problem))
                .findAny()
                .orElseThrow();
    }

    @Test
    void newKeyOfTheIssuerIsFoundWithoutARestart() {
        JWK next = Issuer.ec("next");
        var token = issuer.signed(Issuer.header(next), next, claims -> claims);
        client().get("/food/1").header("Authorization", "Bearer " + token).expectProblem(401, "unauthenticated");

        issuer.publish(issuer.rsa, issuer.ec, next);

        await().untilAsserted(() -> client().get("/food/1")
                .header("Authorization", "Bearer " + token)
                .expect(200));
    }

    @Test
    void tokensWithUnknownKeysCauseAtMostOneQueryPerSecond() {
        client().get("/food/1")
                .header("Authorization", "Bearer " + issuer.token())
                .expect(200);
        var unknownKey = Issuer.ec("unpublished");
        var token = issuer.signed(Issuer.header(unknownKey), unknownKey, claims -> claims);
        var before = issuer.questions.get();
        var begin = System.nanoTime();

        for (int i = 0; i < 50; i++) {
            client().get("/food/1").header("Authorization", "Bearer " + token).expectProblem(401, "unauthenticated");
        }

        var seconds = (System.nanoTime() - begin) / 1_000_000_000;
        assertThat(issuer.questions.get() - before).isLessThanOrEqualTo((int) seconds + 2);
    }

    @Test
    void idempotencyKeysAreSeparateForEachSubject() {
        Answer first = createOnce(issuer.token()).expect(201);
        Answer again = createOnce(issuer.token()).expect(201);
        Answer other = createOnce(issuer.token(claims -> claims.subject("somebody else")))
                .expect(201);

        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.header("Idempotent-Replayed")).isEmpty();
        assertThat(other.json().path("id")).isNotEqualTo(first.json().path("id"));
    }

    private static JWSHeader.Builder of(JWSAlgorithm algorithm, JWK key) {
        return new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
    }

    private static String typed(String type) {
        return issuer.signed(Issuer.header(issuer.rsa).type(new JOSEObjectType(type)), issuer.rsa, claims -> claims);
    }

    private static ContractClient.Call createOnce(String token) {
        return create("Bearer " + token).header("Idempotency-Key", "salad-1");
    }

    private static ContractClient.Call create(String authorization) {
        return client().post("/food").json(SALAD).header("Authorization", authorization);
    }

    private static ContractClient client() {
        return food.client();
    }
}
