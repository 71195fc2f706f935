package io.multicloudboutique.client.internal.http;

import feign.AsyncFeign;
import feign.RequestTemplate;
import feign.Retryer;
import feign.interceptor.Invocation;
import feign.interceptor.MethodInterceptor;
import feign.jackson3.Jackson3Encoder;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.RequestOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Implements the generated interfaces of one service with HTTP calls. Thread-safe. */
public final class Connection {

    private final BoutiqueService service;
    private final Settings settings;
    private final JdkExchange exchange;
    private final RetryBudget budget;
    private final Map<Class<?>, Object> apis = new ConcurrentHashMap<>();

    public Connection(BoutiqueService service, Settings settings, JdkExchange exchange, RetryBudget budget) {
        this.service = service;
        this.settings = settings;
        this.exchange = exchange;
        this.budget = budget;
    }

    /** Returns the instance of this generated interface that calls the service. */
    public <A> A api(Class<A> type) {
        return type.cast(apis.computeIfAbsent(type, this::newApi));
    }

    private <A> A newApi(Class<A> type) {
        var problems = new ProblemReader(Json.LENIENT);
        return AsyncFeign.<Void>builder()
                .client(new RetryingClient(service, exchange, settings, budget, problems))
                .encoder(new Jackson3Encoder(Json.STRICT))
                .responseInterceptor(new ResponseReader())
                .errorDecoder(new ProblemDecoder(problems))
                // Feign's default retryer retries any request, with up to five attempts and without jitter.
                .retryer(Retryer.NEVER_RETRY)
                .methodInterceptor(Connection::addOptions)
                .target(new ServiceTarget<>(type, service, settings));
    }

    /**
     * Adds the options of the call. In the contracts, each POST accepts an idempotency key, and each PUT and DELETE
     * accepts an ETag. All headers are literal, because Feign would treat braces in other headers as a template.
     */
    private static Object addOptions(Invocation invocation, MethodInterceptor.Chain chain) throws Throwable {
        var request = invocation.requestTemplate();
        var options = options(invocation.arguments());
        options.idempotencyKey().ifPresent(key -> {
            check(request, Set.of("POST"), "an idempotency key");
            request.headerLiteral("Idempotency-Key", key);
        });
        options.ifMatch().ifPresent(etag -> {
            check(request, Set.of("PUT", "DELETE"), "an ETag");
            request.headerLiteral("If-Match", etag);
        });
        options.headers().forEach(request::headerLiteral);
        return chain.next(invocation);
    }

    private static RequestOptions options(Object[] arguments) {
        return ((CallOptions) arguments[arguments.length - 1]).request();
    }

    private static void check(RequestTemplate request, Set<String> methods, String option) {
        if (!methods.contains(request.method())) {
            throw new IllegalArgumentException("This operation does not accept " + option + ".");
        }
    }
}
