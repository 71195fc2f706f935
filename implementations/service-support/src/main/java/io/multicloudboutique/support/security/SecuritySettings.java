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
 * Who may call a service.
 *
 * @param mode {@code BOUTIQUE_SECURITY_MODE}: {@code none}, {@code api-key} or {@code jwt}; unset, which is allowed on loopback
 *     alone, means {@code none}
 * @param apiKeys {@code BOUTIQUE_SECURITY_APIKEYS}: {@code <caller>=<SHA-256 of the key in hex>}, several behind commas; none by
 *     default
 * @param jwt whose tokens are accepted
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
     * @param issuer {@code BOUTIQUE_SECURITY_JWT_ISSUER}: the claim {@code iss} of its tokens, letter by letter
     * @param audience {@code BOUTIQUE_SECURITY_JWT_AUDIENCE}: one of the claim {@code aud}
     * @param jwks {@code BOUTIQUE_SECURITY_JWT_JWKS}: the URL of its key set; by default the issuer is asked for it
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

    /** Exactly these names: a misspelt mode must not end as open access. */
    Mode effectiveMode() {
        if (!isModeSet()) {
            return Mode.NONE;
        }
        return switch (mode) {
            case "none" -> Mode.NONE;
            case "api-key" -> Mode.API_KEY;
            case "jwt" -> Mode.JWT;
            default -> throw new StartupRefused("BOUTIQUE_SECURITY_MODE has to be none, api-key or jwt.");
        };
    }
}
