package io.multicloudboutique.support.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

class OperationAdapterTest {

    /** A handler that belongs to no contract. Spring creates one like it for each OPTIONS request. */
    static final class Options {

        public Mono<Void> handle() {
            return Mono.empty();
        }
    }

    private final OperationAdapter adapter = new OperationAdapter(JsonMapper.shared());
    private final List<WeakReference<Options>> handlers = new CopyOnWriteArrayList<>();

    @Test
    void handlersOfNoContractAreNotKept() throws Exception {
        var context = new StaticApplicationContext();
        context.refresh();
        var validator = new LocalValidatorFactoryBean();
        validator.afterPropertiesSet();
        var binding = new ConfigurableWebBindingInitializer();
        binding.setValidator(validator);
        adapter.setWebBindingInitializer(binding);
        adapter.setApplicationContext(context);
        adapter.setMessageReaders(ServerCodecConfigurer.create().getReaders());
        adapter.afterPropertiesSet();
        var server = HttpServer.create()
                .host("127.0.0.1")
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(
                                exchange -> handle(exchange).then())
                        .build()))
                .bindNow();
        try {
            for (var sent = 0; sent < 10; sent++) {
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
                        .build();
                var response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
                assertThat(response.statusCode()).isEqualTo(200);
            }
        } finally {
            server.disposeNow();
        }

        assertThat(handlers).hasSize(10);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(handlers).allMatch(handler -> handler.get() == null);
        });
    }

    private Mono<HandlerResult> handle(ServerWebExchange exchange) {
        var handler = new Options();
        handlers.add(new WeakReference<>(handler));
        return adapter.handle(exchange, new HandlerMethod(handler, Options.class.getDeclaredMethods()[0]));
    }
}
