package io.multicloudboutique.support.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A service with all features that the services share, with short deadlines, and with operations whose work the tests
 * control. It is not annotated as a configuration, so other test services of these packages do not find it.
 */
@EnableAutoConfiguration
public class ImpatientService {

    static final Duration HEADERS = Duration.ofMillis(700);
    static final Duration BODY = Duration.ofMillis(1_500);
    static final Duration IDLE = Duration.ofSeconds(4);
    static final int MAX_CONNECTIONS = 20;

    /** A setting with which the deadlines are those of production. */
    static final String REAL_DEADLINES = "test.real-deadlines";

    /** Has a permit for each request whose work has begun. */
    static final Semaphore begun = new Semaphore(0);

    /** Has a permit for each request whose work was cancelled. */
    static final Semaphore cancelled = new Semaphore(0);

    /** The end of the work of {@code /work}. */
    static volatile Sinks.Empty<Void> end = Sinks.empty();

    static void await(Semaphore permits) throws InterruptedException {
        assertThat(permits.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Bean
    static BeanFactoryPostProcessor shortDeadlines(Environment environment) {
        return factory -> {
            if (environment.containsProperty(REAL_DEADLINES)) {
                return;
            }
            var definitions = (BeanDefinitionRegistry) factory;
            definitions.removeBeanDefinition("serverLimits");
            definitions.registerBeanDefinition(
                    "serverLimits",
                    new RootBeanDefinition(
                            ServerLimits.class, () -> new ServerLimits(HEADERS, BODY, IDLE, MAX_CONNECTIONS)));
        };
    }

    @Bean
    RouterFunction<ServerResponse> operations() {
        return route().POST(
                        "/echo",
                        request -> request.bodyToMono(Map.class)
                                .flatMap(body -> ServerResponse.ok().bodyValue(body)))
                .route(methods(HttpMethod.GET, HttpMethod.HEAD).and(path("/work")), request -> work())
                .POST("/work", request -> request.bodyToMono(Map.class).then(work()))
                .GET(
                        "/said/{path}",
                        request -> ServerResponse.ok()
                                .bodyValue(Map.of(
                                        "path", request.pathVariable("path"),
                                        "query", request.queryParam("q").orElse(""))))
                .POST("/unread", request -> work())
                .GET(
                        "/stream",
                        request -> ServerResponse.ok().body((response, context) -> response.writeWith(stream())))
                .build();
    }

    private static Mono<ServerResponse> work() {
        return Mono.defer(() -> {
                    begun.release();
                    return end.asMono();
                })
                .doOnCancel(cancelled::release)
                .then(ServerResponse.ok().build());
    }

    /** More bytes than all buffers between server and client hold. */
    private static Flux<DataBuffer> stream() {
        return Flux.range(0, 100_000)
                .map(n -> (DataBuffer) DefaultDataBufferFactory.sharedInstance.wrap(new byte[10_000]))
                .doOnSubscribe(subscription -> begun.release())
                .doOnCancel(cancelled::release);
    }
}
