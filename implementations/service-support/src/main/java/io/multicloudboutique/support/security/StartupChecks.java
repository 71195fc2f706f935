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

/** Nobody opens a service by accident: whoever lets others reach it says how access is protected, and says it completely. */
@Order(Ordered.LOWEST_PRECEDENCE) // when the address is known
class StartupChecks implements EnvironmentPostProcessor {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    private final Log log;

    StartupChecks(DeferredLogFactory logs) {
        log = logs.getLog(StartupChecks.class); // there is no log yet
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
            requireThatItIsMeant(settings, address);
        }
    }

    private static void requireKeys(SecuritySettings settings) {
        if (ApiKeys.of(settings.apiKeys()).isEmpty()) {
            throw new StartupRefused(
                    "BOUTIQUE_SECURITY_MODE=api-key needs BOUTIQUE_SECURITY_APIKEYS: <caller>=<SHA-256 of the key in hex>, several behind commas.");
        }
    }

    private static void requireIssuer(SecuritySettings settings) {
        var jwt = settings.jwt();
        if (!StringUtils.hasText(jwt.issuer())) {
            throw new StartupRefused(
                    "BOUTIQUE_SECURITY_MODE=jwt needs BOUTIQUE_SECURITY_JWT_ISSUER: the URL of the issuer, as tokens have it in iss.");
        }
        if (!StringUtils.hasText(jwt.audience())) {
            throw new StartupRefused(
                    "BOUTIQUE_SECURITY_MODE=jwt needs BOUTIQUE_SECURITY_JWT_AUDIENCE: what tokens for this service have in aud.");
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
            throw new StartupRefused(variable + " has to be a URL that begins with https:// or http://.");
        }
    }

    private static @Nullable URI httpUrl(String value) {
        try {
            var url = URI.create(value);
            return url.getHost() != null && Set.of("http", "https").contains(url.getScheme()) ? url : null;
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    private void requireThatItIsMeant(SecuritySettings settings, String address) {
        if (!settings.isModeSet()) {
            throw new StartupRefused(
                    "Listening on " + address
                            + " opens this service to others. Set BOUTIQUE_SECURITY_MODE to api-key or jwt, to none if open access is meant, or BIND_ADDRESS=127.0.0.1.");
        }
        log.warn("Everyone who reaches " + address + " can use this service: access is open.");
    }
}
