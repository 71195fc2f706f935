package io.multicloudboutique.support.security;

import io.multicloudboutique.support.StartupRefused;
import io.multicloudboutique.support.security.SecuritySettings.Mode;
import java.net.URI;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * Prevents accidental open access. A service that listens on an address other than loopback does not start without an
 * explicit security mode, and no service starts with a mode whose settings are incomplete.
 */
@Order(Ordered.LOWEST_PRECEDENCE) // after BindAddress, which sets the address
class StartupChecks implements EnvironmentPostProcessor {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    private final Log log;

    StartupChecks(DeferredLogFactory logs) {
        log = logs.getLog(StartupChecks.class); // logging is not initialised yet
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var settings = SecuritySettings.of(environment);
        var mode = settings.effectiveMode();
        if (mode == Mode.API_KEY) {
            requireKeys(settings);
        } else if (mode == Mode.JWT) {
            requireIssuer(settings);
        }
        var address = environment.getProperty("server.address", "");
        if (mode == Mode.NONE && !LOOPBACK.contains(address)) {
            requireExplicitOpenAccess(settings, address);
        }
    }

    private static void requireKeys(SecuritySettings settings) {
        if (ApiKeys.of(settings.apiKeys()).isEmpty()) {
            throw new StartupRefused(
                    "BOUTIQUE_SECURITY_MODE=api-key requires BOUTIQUE_SECURITY_APIKEYS: comma-separated entries <caller>=<SHA-256 of the key in hex>.");
        }
    }

    private static void requireIssuer(SecuritySettings settings) {
        var jwt = settings.jwt();
        if (!StringUtils.hasText(jwt.issuer())) {
            throw new StartupRefused(
                    "BOUTIQUE_SECURITY_MODE=jwt requires BOUTIQUE_SECURITY_JWT_ISSUER: the URL of the issuer, exactly as in the iss claim of its tokens.");
        }
        if (!StringUtils.hasText(jwt.audience())) {
            throw new StartupRefused(
                    "BOUTIQUE_SECURITY_MODE=jwt requires BOUTIQUE_SECURITY_JWT_AUDIENCE: a value in the aud claim of all tokens for this service.");
        }
        if (StringUtils.hasText(jwt.jwks())) {
            requireUrl("BOUTIQUE_SECURITY_JWT_JWKS", jwt.jwks());
        } else {
            requireUrl("BOUTIQUE_SECURITY_JWT_ISSUER", jwt.issuer());
        }
        ApiKeys.of(settings.apiKeys());
    }

    private static void requireUrl(String variable, String value) {
        if (httpUrl(value) == null) {
            throw new StartupRefused(variable + " must be a URL that starts with https:// or http://.");
        }
    }

    private static @Nullable URI httpUrl(String value) {
        try {
            var url = URI.create(value);
            return url.getHost() != null && Set.of("http", "https").contains(url.getScheme()) ? url : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private void requireExplicitOpenAccess(SecuritySettings settings, String address) {
        if (!settings.isModeSet()) {
            throw new StartupRefused(
                    "Listening on " + address
                            + " makes this service reachable from other machines. Set BOUTIQUE_SECURITY_MODE to api-key or jwt, or to none for open access. For local access only, set BIND_ADDRESS=127.0.0.1.");
        }
        log.warn(
                "This service listens on " + address + " with open access: every client that can reach it can use it.");
    }
}
