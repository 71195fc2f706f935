package io.multicloudboutique.launcher;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The services of this launcher: their state, what they have measured, and a switch for each. The figures are the
 * services' own metrics. They are in the same JVM, so browsers need no access to the management ports. Thread-safe.
 */
final class LiveServices {

    /** The requests that say nothing about the shop: probes, and pages outside the contract. */
    private static final Set<String> NOT_COUNTED = Set.of("getHealth", "getLiveness", "getReadiness", "unknown");

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    /** How long the answer to a probe is valid. Each probe is a query in the database and a line in the log. */
    private static final Duration PROBE_VALIDITY = Duration.ofSeconds(2);

    /**
     * A service, as the page's scripts read it. The counts begin with the start of the launcher.
     *
     * @param state {@code healthy}, {@code unhealthy}, {@code not reachable} or {@code stopped}
     * @param reads the GET and HEAD requests to the operations of its contract
     * @param changes all other requests to the operations of its contract
     * @param upstream the calls to its upstream service; null without one
     */
    record Live(
            String name,
            String state,
            Requests reads,
            Requests changes,
            @Nullable Upstream upstream) {}

    /**
     * Requests, or calls to another service.
     *
     * @param failures how many of them failed; for requests, with a 5xx status
     * @param seconds the sum of their durations
     */
    record Requests(long count, long failures, double seconds) {

        static Requests of(Collection<Timer> timers, Predicate<Timer> failed) {
            return new Requests(
                    timers.stream().mapToLong(Timer::count).sum(),
                    timers.stream().filter(failed).mapToLong(Timer::count).sum(),
                    timers.stream()
                            .mapToDouble(timer -> timer.totalTime(TimeUnit.SECONDS))
                            .sum());
        }
    }

    /**
     * The calls to an upstream service.
     *
     * @param without the effect of a missing upstream service, as in {@link Service#withoutUpstream()}
     * @param circuit the state of the circuit breaker, such as {@code closed} or {@code open}
     * @param prevented the number of calls that the open circuit breaker has prevented
     */
    record Upstream(String name, String without, Requests calls, String circuit, long prevented) {}

    private final Set<Service> services;
    private final Map<Service, Mono<String>> probes = new EnumMap<>(Service.class);
    private final Map<Service, ConfigurableApplicationContext> contexts = new ConcurrentHashMap<>();

    /**
     * @param services the services that the launcher starts
     * @param portBase the port of the start page, which determines the ports of the services
     */
    LiveServices(Set<Service> services, int portBase) {
        this.services = services;
        var http = WebClient.create();
        for (var service : services) {
            var url = "http://127.0.0.1:" + service.port(portBase) + "/health";
            probes.put(
                    service,
                    http.get()
                            .uri(url)
                            .exchangeToMono(answer -> answer.releaseBody()
                                    .thenReturn(answer.statusCode().is2xxSuccessful() ? "healthy" : "unhealthy"))
                            .timeout(PROBE_TIMEOUT)
                            .onErrorReturn("not reachable")
                            .cache(PROBE_VALIDITY));
        }
    }

    /** Returns the services that the launcher starts, in the order of their start. */
    Set<Service> services() {
        return services;
    }

    void started(Service service, ConfigurableApplicationContext context) {
        contexts.put(service, context);
    }

    /** Returns the services that have started, in the order of their start. */
    Mono<List<Live>> now() {
        return Flux.fromIterable(services)
                .filter(contexts::containsKey)
                .flatMapSequential(service -> live(
                        service,
                        Objects.requireNonNull(contexts.get(service)),
                        Objects.requireNonNull(probes.get(service))))
                .collectList();
    }

    private static Mono<Live> live(Service service, ConfigurableApplicationContext context, Mono<String> probe) {
        var meters = context.getBean(MeterRegistry.class);
        return (context.isRunning() ? probe : Mono.just("stopped"))
                .map(state -> new Live(
                        service.id(),
                        state,
                        requests(meters, READING::contains),
                        requests(meters, method -> !READING.contains(method)),
                        service.upstream()
                                .map(upstream -> upstream(meters, upstream, service.withoutUpstream()))
                                .orElse(null)));
    }

    private static Requests requests(MeterRegistry meters, Predicate<String> method) {
        var timers = meters.find("http.server.request.duration").timers().stream()
                .filter(timer -> !NOT_COUNTED.contains(tag(timer, "operation"))
                        && method.test(tag(timer, "http.request.method")))
                .toList();
        return Requests.of(timers, timer -> tag(timer, "outcome").equals("server_error"));
    }

    private static Upstream upstream(MeterRegistry meters, Service upstream, String without) {
        var calls = meters.find("resilience4j.circuitbreaker.calls")
                .tag("name", upstream.id())
                .timers();
        return new Upstream(
                upstream.id(),
                without,
                Requests.of(calls, timer -> tag(timer, "kind").equals("failed")),
                meters.find("resilience4j.circuitbreaker.state").tag("name", upstream.id()).gauges().stream()
                        .filter(gauge -> gauge.value() == 1)
                        .map(gauge -> tag(gauge, "state"))
                        .findFirst()
                        .orElse("closed"),
                meters
                        .find("resilience4j.circuitbreaker.not.permitted.calls")
                        .tag("name", upstream.id())
                        .counters()
                        .stream()
                        .mapToLong(counter -> (long) counter.count())
                        .sum());
    }

    private static String tag(Meter meter, String key) {
        return Objects.requireNonNullElse(meter.getId().getTag(key), "");
    }

    /**
     * Stops a service like the end of its process: answers its open requests, closes its ports and ends its periodic
     * tasks. Or starts it again. Does nothing if the service is in this state. Blocks.
     *
     * @return whether the launcher has started a service with this name
     */
    boolean setRunning(String name, boolean running) {
        var service = services.stream().filter(one -> one.id().equals(name)).findFirst();
        var context = service.map(contexts::get);
        context.ifPresent(one -> {
            synchronized (one) {
                if (running && !one.isRunning()) {
                    one.start();
                } else if (!running) {
                    one.stop();
                }
            }
        });
        return context.isPresent();
    }
}
