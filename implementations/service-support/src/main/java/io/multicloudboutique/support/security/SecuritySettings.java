package io.multicloudboutique.support.security;

import io.multicloudboutique.support.StartupRefused;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The settings for access to a service.
 *
 * @param mode {@code BOUTIQUE_SECURITY_MODE}: {@code none}, {@code api-key} or {@code jwt}. Defaults to {@code none} on
 *     loopback; required elsewhere
 * @param apiKeys {@code BOUTIQUE_SECURITY_APIKEYS}: comma-separated entries
 *     {@code <caller>=<SHA-256 of the key in hex>}; none by default
 * @param jwt the issuer and audience of accepted tokens
 */
@ConfigurationProperties("boutique.security")
record SecuritySettings(
        @Nullable String mode,
        @DefaultValue List<String> apiKeys,
        @DefaultValue Jwt jwt) {

    enum Mode {
        NONE,
        API_KEY,
        JWT
    }

    /**
     * The tokens that the service accepts in mode {@code jwt}.
     *
     * @param issuer {@code BOUTIQUE_SECURITY_JWT_ISSUER}: the exact value of the claim {@code iss}
     * @param audience {@code BOUTIQUE_SECURITY_JWT_AUDIENCE}: a value that the claim {@code aud} must contain
     * @param jwks {@code BOUTIQUE_SECURITY_JWT_JWKS}: the URL of the issuer's key set; by default, OpenID Connect
     *     Discovery finds it
     */
    record Jwt(
            @Nullable String issuer,
            @Nullable String audience,
            @Nullable String jwks) {}

    static SecuritySettings of(Environment environment) {
        return Binder.get(environment).bindOrCreate("boutique.security", SecuritySettings.class);
    }

    boolean isModeSet() {
        return StringUtils.hasLength(mode);
    }

    /**
     * Returns the mode to apply. Only the exact names are valid, so a misspelt mode cannot result in open access.
     *
     * @throws StartupRefused if the mode is not one of the names
     */
    Mode effectiveMode() {
        if (!isModeSet()) {
            return Mode.NONE;
        }
        return switch (mode) {
            case "none" -> Mode.NONE;
            case "api-key" -> Mode.API_KEY;
            case "jwt" -> Mode.JWT;
            default -> throw new StartupRefused("BOUTIQUE_SECURITY_MODE must be none, api-key or jwt.");
        };
    }
}
