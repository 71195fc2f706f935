package io.multicloudboutique.support.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import io.multicloudboutique.support.problem.ProblemException;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.util.StringUtils;
import reactor.core.publisher.Mono;

/** Verifies bearer tokens, and reads the caller and the scopes from them. Thread-safe. */
final class Tokens {

    /**
     * The accepted signature algorithms. All are asymmetric, because a service that can verify a token must not be able
     * to create one. EdDSA is missing because it would need another library.
     */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final NimbusReactiveJwtDecoder decoder;
    private final JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();

    Tokens(String issuer, String audience, RemoteJwkSet keys) {
        decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::candidatesFor)
                .jwtProcessorCustomizer(processor -> processor.setJWSKeySelector(
                        new JWSVerificationKeySelector<>(ALGORITHMS, new JWKSecurityContextJWKSet())))
                .build();
        decoder.setJwtValidator(rules(issuer, audience));
    }

    /**
     * Returns the caller with the name {@code jwt:<sub>} and the scopes of the token.
     *
     * @return the caller. Fails with an {@link InvalidBearerTokenException} if the token is not valid, and with the
     *     problem {@code unavailable} if the issuer's keys cannot be fetched
     */
    Mono<Authentication> authenticate(String token) {
        return decoder.decode(token)
                .<Authentication>map(
                        jwt -> new JwtAuthenticationToken(jwt, scopes.convert(jwt), "jwt:" + jwt.getSubject()))
                .onErrorMap(
                        JwtException.class,
                        invalid -> new InvalidBearerTokenException("The token is not valid", invalid))
                // The decoder wraps the problem of the key set, which does not concern the token.
                .onErrorMap(failure -> failure.getCause() instanceof ProblemException, Throwable::getCause);
    }

    private static OAuth2TokenValidator<Jwt> rules(String issuer, String audience) {
        var type = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        type.setAllowEmpty(true);
        var time = new JwtTimestampValidator(); // tolerates a clock skew of one minute
        time.setAllowEmptyExpiryClaim(false);
        return new DelegatingOAuth2TokenValidator<>(
                type,
                time,
                new JwtIssuerValidator(issuer),
                new JwtAudienceValidator(audience),
                new JwtClaimValidator<String>(JwtClaimNames.SUB, Tokens::isName));
    }

    /** Returns whether the subject can be part of the caller's name, which the database stores. */
    private static boolean isName(String subject) {
        return StringUtils.hasText(subject)
                && subject.length() <= 255
                && subject.chars().noneMatch(Character::isISOControl);
    }
}
