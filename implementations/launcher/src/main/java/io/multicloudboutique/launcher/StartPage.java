package io.multicloudboutique.launcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.http.FilesInMemory;
import io.multicloudboutique.support.http.ServerAutoConfiguration;
import io.multicloudboutique.support.problem.ProblemAutoConfiguration;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.swaggerui.SwaggerUiAutoConfiguration;
import io.multicloudboutique.support.telemetry.TelemetryAutoConfiguration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration;
import org.springdoc.webflux.ui.SwaggerConfig;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves the start page, which shows the services at work, and a Swagger UI for all of them. The application serves
 * static files and what the launcher knows about the services, so it imports just the auto-configuration that it needs,
 * and none for a database. Its errors have the form of those of the services.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    HttpHandlerAutoConfiguration.class,
    WebFluxAutoConfiguration.class,
    NettyReactiveWebServerAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ProblemAutoConfiguration.class,
    ServerAutoConfiguration.class,
    TelemetryAutoConfiguration.class,
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocWebFluxConfiguration.class,
    SwaggerConfig.class,
    SwaggerUiConfigProperties.class,
    SwaggerUiOAuthProperties.class,
    SwaggerUiAutoConfiguration.class
})
class StartPage {

    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'", // for the selector of Swagger UI
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self' http://localhost:* http://127.0.0.1:*",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /**
     * A service in the list that the page's scripts read. The list contains no host, because the services have the same
     * host as the page.
     */
    private record Listed(String name, String title, String description, int port) {}

    /** @param credentials the mode of {@code BOUTIQUE_SECURITY_MODE}: what the operations ask for */
    private record Now(String credentials, List<LiveServices.Live> services) {}

    /**
     * Returns the application that serves the start page.
     *
     * @param services the services to show
     * @param portBase the port of the start page, which determines the ports of the services
     */
    static SpringApplicationBuilder application(LiveServices services, int portBase) {
        return new SpringApplicationBuilder(StartPage.class)
                .web(WebApplicationType.REACTIVE)
                .properties(swaggerUi(services.services(), portBase))
                .properties(Map.of(
                        "spring.application.name", "start-page",
                        "spring.config.name", "start-page",
                        "spring.main.banner-mode", "off",
                        "spring.jmx.enabled", "false",
                        "spring.web.resources.static-locations", "classpath:/launcher-page/",
                        // All files of a reproducible jar have the same modification time, so a browser could not
                        // detect a newer file.
                        "spring.web.resources.cache.use-last-modified", "false",
                        "spring.web.resources.cache.cachecontrol.no-store", "true"))
                .initializers(context -> context.getBeanFactory().registerSingleton("liveServices", services));
    }

    /** Returns the settings of a Swagger UI that selects between the contracts of the services. */
    private static Map<String, Object> swaggerUi(Set<Service> services, int portBase) {
        var settings = new HashMap<String, Object>(Map.of(
                "springdoc.api-docs.enabled", "true",
                "springdoc.enable-default-api-docs", "false",
                "springdoc.swagger-ui.enabled", "true",
                "springdoc.swagger-ui.disable-swagger-default-url", "true",
                "springdoc.swagger-ui.document-title", "All operations · Multicloud Boutique",
                "springdoc.swagger-ui.deep-linking", "true",
                "springdoc.swagger-ui.display-request-duration", "true",
                "springdoc.swagger-ui.persist-authorization", "true",
                "springdoc.swagger-ui.try-it-out-enabled", "true"));
        var index = 0;
        for (var service : services) {
            var contract = "springdoc.swagger-ui.urls[" + index++ + "].";
            settings.put(contract + "name", service.title());
            // Not localhost, because a machine without IPv6 may still resolve it to ::1.
            settings.put(
                    contract + "url",
                    "http://127.0.0.1:" + service.port(portBase) + "${springdoc.api-docs.path:/v3/api-docs}");
        }
        return settings;
    }

    @Bean
    RouterFunction<ServerResponse> services(
            LiveServices live,
            @Value("${server.port}") int portBase,
            @Value("${boutique.security.mode:}") String mode) {
        var credentials = mode.isEmpty() ? "none" : mode; // the services' default on loopback
        var services = live.services().stream()
                .map(service ->
                        new Listed(service.id(), service.title(), service.description(), service.port(portBase)))
                .toList();
        return RouterFunctions.route()
                .route(read("/services.json"), request -> ServerResponse.ok().bodyValue(services))
                .route(read("/live.json"), request -> now(live, credentials))
                .POST("/services/{name}/{action:start|stop}", request -> switched(request, live, credentials))
                .build();
    }

    private static RequestPredicate read(String path) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD).and(RequestPredicates.path(path));
    }

    private static Mono<ServerResponse> now(LiveServices live, String credentials) {
        return live.now().flatMap(services -> ServerResponse.ok().bodyValue(new Now(credentials, services)));
    }

    /** Lets people watch what a missing service does to the others. */
    private static Mono<ServerResponse> switched(ServerRequest request, LiveServices live, String credentials) {
        if (!credentials.equals("none")) {
            throw new ProblemException(
                    ProblemCodeDto.FORBIDDEN,
                    "The services ask for credentials, and the start page has none, so it stops no service.");
        }
        requireOwnPage(request.headers().asHttpHeaders());
        return Mono.fromCallable(() -> live.setRunning(
                        request.pathVariable("name"),
                        request.pathVariable("action").equals("start")))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(known -> known
                        ? now(live, credentials)
                        : ServerResponse.notFound().build());
    }

    /** Any page that a browser shows could send a POST, also under a name of its own that resolves to 127.0.0.1. */
    private static void requireOwnPage(HttpHeaders headers) {
        var host = headers.getHost();
        if (host == null
                || !LOOPBACK.contains(host.getHostString())
                || !("http://" + headers.getFirst(HttpHeaders.HOST)).equals(headers.getOrigin())) {
            throw new ProblemException(
                    ProblemCodeDto.FORBIDDEN, "Only the start page, opened at localhost, may start and stop services.");
        }
    }

    /** Spring Boot would serve the page itself, but not to HEAD, nor to clients that do not ask for HTML. */
    @Bean
    WebFilter page() {
        return (exchange, chain) -> chain.filter(
                exchange.getRequest().getPath().value().equals("/")
                        ? exchange.mutate()
                                .request(request -> request.path("/index.html"))
                                .build()
                        : exchange);
    }

    /** Nobody reads the metrics of the start page. */
    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    FilesInMemory filesInMemory() {
        return new FilesInMemory();
    }

    @Bean
    WebFilter securityHeaders() {
        return (exchange, chain) -> {
            var headers = exchange.getResponse().getHeaders();
            headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            return chain.filter(exchange);
        };
    }
}
