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

/** Says whose a bearer token is and what it allows. Thread-safe. */
final class Tokens {

    /** Asymmetric ones only: whoever can check a token must not be able to make one. EdDSA would need one more library. */
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

    /** Who shows it, as {@code jwt:<sub>}; an error if it is not valid. */
    Mono<Authentication> authenticate(String token) {
        return decoder.decode(token)
                .<Authentication>map(
                        jwt -> new JwtAuthenticationToken(jwt, scopes.convert(jwt), "jwt:" + jwt.getSubject()))
                .onErrorMap(JwtException.class, refused -> new InvalidBearerTokenException("Not valid", refused))
                // The decoder wraps what the key set says, and that is not about the token.
                .onErrorMap(failure -> failure.getCause() instanceof ProblemException, Throwable::getCause);
    }

    private static OAuth2TokenValidator<Jwt> rules(String issuer, String audience) {
        var type = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        type.setAllowEmpty(true);
        var time = new JwtTimestampValidator(); // with a minute for clocks that differ
        time.setAllowEmptyExpiryClaim(false);
        return new DelegatingOAuth2TokenValidator<>(
                type,
                time,
                new JwtIssuerValidator(issuer),
                new JwtAudienceValidator(audience),
                new JwtClaimValidator<String>(JwtClaimNames.SUB, Tokens::isName));
    }

    /** It becomes a part of the caller's name, which the database keeps. */
    private static boolean isName(String subject) {
        return StringUtils.hasText(subject)
                && subject.length() <= 255
                && subject.chars().noneMatch(Character::isISOControl);
    }
}
