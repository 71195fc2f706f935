package io.multicloudboutique.support.security;

import io.multicloudboutique.support.http.RequestContext;
import io.multicloudboutique.support.security.SecuritySettings.Mode;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;

/**
 * Requires valid credentials for all requests except those to the open pages. This configuration is not active in mode
 * {@code none}.
 */
@AutoConfiguration
@Conditional(SecurityAutoConfiguration.ProtectedMode.class)
@EnableConfigurationProperties(SecuritySettings.class)
public class SecurityAutoConfiguration {

    private static final String SCOPE = "SCOPE_";

    /**
     * The contract and its pages, which a client reads before it has credentials, and the health operations, because
     * probes have none.
     */
    private static final String[] OPEN_PAGES = {
        "/health", "/livez", "/readyz", "/openapi.yaml", "/openapi.json", "/swagger-ui.html", "/swagger-ui/**"
    };

    static class ProtectedMode implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return SecuritySettings.of(context.getEnvironment()).effectiveMode() != Mode.NONE;
        }
    }

    @Bean
    @Order(-100) // after the request id, the security headers and CORS; before all handlers
    WebFilterChainProxy accessControl(SecuritySettings settings, @Value("${spring.application.name}") String service) {
        var filter = new WebFilterChainProxy(chain(credentials(settings, service), service));
        // The default firewall rejects unusual paths with a response that is in no contract. Without it, the access
        // rules for these paths are the same as for all others.
        filter.setFirewall(ServerWebExchangeFirewall.INSECURE_NOOP);
        return filter;
    }

    private static Credentials credentials(SecuritySettings settings, String service) {
        var jwt = settings.jwt();
        var tokens = settings.effectiveMode() == Mode.JWT
                ? new Tokens(jwt.issuer(), jwt.audience(), new RemoteJwkSet(jwt.issuer(), jwt.jwks()))
                : null;
        return new Credentials(
                ApiKeys.of(settings.apiKeys()), tokens, SCOPE + service + ":read", SCOPE + service + ":write");
    }

    private static SecurityWebFilterChain chain(Credentials credentials, String service) {
        var open = openPages();
        var problems = new AuthenticationProblems(credentials);
        var authentication = new AuthenticationWebFilter(credentials);
        authentication.setServerAuthenticationConverter(credentials);
        authentication.setRequiresAuthenticationMatcher(new NegatedServerWebExchangeMatcher(open));
        authentication.setAuthenticationSuccessHandler((request, caller) -> {
            RequestContext.setCaller(request.getExchange(), Credentials.nameInLogs(caller));
            return request.getChain().filter(request.getExchange());
        });
        authentication.setAuthenticationFailureHandler(
                (request, failure) -> problems.commence(request.getExchange(), failure));
        return ServerHttpSecurity.http()
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(authentication, SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(problems)
                        .accessDeniedHandler(
                                (exchange, denied) -> AuthenticationProblems.forbid(scope(service, exchange))))
                .authorizeExchange(rules -> rules.matchers(open)
                        .permitAll()
                        .anyExchange()
                        .access((caller, request) ->
                                caller.map(known -> new AuthorizationDecision(known.getAuthorities().stream()
                                        .anyMatch(authority -> (SCOPE + scope(service, request.getExchange()))
                                                .equals(authority.getAuthority()))))))
                .build();
    }

    /** Matches the requests for the open pages, which need no credentials and have no rate limit. */
    public static ServerWebExchangeMatcher openPages() {
        return new OrServerWebExchangeMatcher(
                ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, OPEN_PAGES),
                ServerWebExchangeMatchers.pathMatchers(HttpMethod.HEAD, OPEN_PAGES));
    }

    /** Returns the scope that the contracts require for a request. */
    private static String scope(String service, ServerWebExchange exchange) {
        var method = exchange.getRequest().getMethod();
        return service + (method == HttpMethod.GET || method == HttpMethod.HEAD ? ":read" : ":write");
    }
}
