package io.multicloudboutique.support.telemetry;

import io.multicloudboutique.support.http.LoopbackAddresses;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/**
 * Separates the management server from the service. Spring Boot would apply the service's filters, routes and files to it too. The
 * metrics would then need credentials, count against the rate limit, and be rejected under overload, when they matter most.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementContext {

    /**
     * The server uses the event loops of its service. Spring Boot would give it those of the JVM, which the first service that
     * stops would end for the management servers of all services in the JVM.
     */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementServer(ReactorResourceFactory resources) {
        return factory -> factory.addServerCustomizers(
                new LoopbackAddresses(), server -> server.runOn(resources.getLoopResources()));
    }

    @Bean
    static BeanPostProcessor onlyManagement(ApplicationContext context) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!WebServerApplicationContext.hasServerNamespace(context, "management")) {
                    return bean; // a component scan that finds this class must not open the service
                }
                if (bean instanceof RouterFunctionMapping) {
                    return new RouterFunctionMapping(request -> Mono.empty());
                }
                if (name.equals("resourceHandlerMapping")) {
                    return new SimpleUrlHandlerMapping();
                }
                return bean instanceof HttpHandler
                        ? WebHttpHandlerBuilder.applicationContext(context)
                                .filters(List::clear)
                                .build()
                        : bean;
            }
        };
    }
}
