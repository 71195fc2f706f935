package io.multicloudboutique.support.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.problem.ProblemHandler;
import io.multicloudboutique.support.ratelimit.RateLimit;
import io.multicloudboutique.support.security.OpenPages;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configures the handling of a service's requests: shutdown, overload, CORS, security headers, contract pages and routing.
 */
@AutoConfiguration(
        before = NettyReactiveWebServerAutoConfiguration.class) // which has another ForwardedHeaderTransformer
@EnableConfigurationProperties(HttpAutoConfiguration.Cors.class)
public class HttpAutoConfiguration {

    /**
     * The origins whose pages may call this service from a browser.
     *
     * @param allowedOrigins origins such as {@code http://localhost:8080}; none by default
     */
    @ConfigurationProperties("boutique.cors")
    record Cors(@DefaultValue List<String> allowedOrigins) {}

    @Bean
    Draining draining() {
        return new Draining();
    }

    @Bean
    ForwardedHeaders forwardedHeaderTransformer() {
        return new ForwardedHeaders();
    }

    @Bean
    FilterChain filterChain() {
        return new FilterChain();
    }

    /**
     * 500 requests fill several batches of each lane. At a few thousand requests per second, 1,500 more wait for a fraction
     * of a second. Together with the wait and with {@link RequestDeadline}, a request ends within five seconds.
     */
    @Bean
    LoadShedding loadShedding(ProblemHandler problems, OpenPages neverRejected, MeterRegistry meters) {
        return new LoadShedding(problems, 500, 1500, Duration.ofMillis(300), neverRejected, meters);
    }

    @Bean
    RequestDeadline requestDeadline() {
        return new RequestDeadline();
    }

    @Bean
    ServerWebExchangeContextFilter exchangeContext() {
        return new ServerWebExchangeContextFilter();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 2) // before authentication, because preflight requests have no credentials
    CorsWebFilter corsFilter(Cors cors, @Value("${springdoc.api-docs.path}") String apiDocs) {
        var rules = new CorsConfiguration();
        rules.setAllowedOrigins(cors.allowedOrigins());
        rules.addAllowedMethod(CorsConfiguration.ALL);
        rules.addAllowedHeader(CorsConfiguration.ALL);
        rules.setExposedHeaders(List.of(
                HttpHeaders.ETAG,
                HttpHeaders.LINK,
                HttpHeaders.LOCATION,
                HttpHeaders.RETRY_AFTER,
                Page.NEXT_CURSOR,
                RateLimit.POLICY_HEADER,
                RateLimit.HEADER,
                RequestId.HEADER,
                Idempotency.REPLAYED));
        // The contract is public, so a Swagger UI or an editor of any origin may load it. It needs no credentials.
        var contract = new CorsConfiguration();
        contract.addAllowedOrigin(CorsConfiguration.ALL);
        contract.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name()));
        contract.addAllowedHeader(CorsConfiguration.ALL);
        contract.setAllowCredentials(false);
        var pages = Set.copyOf(ContractPages.paths(apiDocs));
        CorsConfigurationSource source = exchange -> {
            var path = exchange.getRequest().getPath().pathWithinApplication().value();
            return pages.contains(path) ? contract : rules;
        };
        return new CorsWebFilter(source, new DefaultCorsProcessor() {
            /**
             * Serves GET and HEAD requests from other origins without CORS headers instead of rejecting them. The
             * browser then hides the response from the page.
             */
            @Override
            protected boolean handleInternal(ServerWebExchange exchange, CorsConfiguration config, boolean preFlight) {
                var request = exchange.getRequest();
                var reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
                return reads && config.checkOrigin(request.getHeaders().getOrigin()) == null
                        || super.handleInternal(exchange, config, preFlight);
            }

            @Override
            protected void rejectRequest(ServerHttpResponse response) {
                throw new ProblemException(
                        ProblemCodeDto.FORBIDDEN,
                        "Pages from this origin may not call this service. Ask the operator to allow the origin.");
            }
        });
    }

    /**
     * Sets the headers that restrict what a browser may do with a response. Pages may run only scripts of this service.
     * Only private caches may store a response, and must revalidate it before each use. Error responses of the later
     * filters have these headers too.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    WebFilter securityHeaders() {
        return (exchange, chain) -> {
            var headers = exchange.getResponse().getHeaders();
            headers.set(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache"); // static files override this with no-store
            return chain.filter(exchange);
        };
    }

    @Bean
    OpenPages openPages(
            @Value("${springdoc.api-docs.path}") String contract,
            @Value("${springdoc.swagger-ui.path}") String swaggerUi) {
        return new OpenPages(contract, swaggerUi);
    }

    @Bean
    RouterFunction<ServerResponse> contractPages(
            @Value("${spring.application.name}") String service, @Value("${springdoc.api-docs.path}") String apiDocs) {
        return ContractPages.of(service, apiDocs);
    }

    @Bean
    EnumParameters enumParameters() {
        return new EnumParameters();
    }

    @Bean
    WebFluxRegistrations contractOperations(JsonMapper json) {
        return new WebFluxRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new ContractMapping();
            }

            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new OperationAdapter(json);
            }
        };
    }
}
