package io.multicloudboutique.client.internal.http;

import feign.AsyncClient;
import feign.Request;
import feign.Response;
import io.multicloudboutique.client.BoutiqueService;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends the calls to one service. Thread-safe. */
final class RetryingClient implements AsyncClient<Void> {

    private final BoutiqueService service;
    private final JdkExchange exchange;
    private final Settings settings;
    private final RetryBudget budget;
    private final ProblemReader problems;

    RetryingClient(
            BoutiqueService service,
            JdkExchange exchange,
            Settings settings,
            RetryBudget budget,
            ProblemReader problems) {
        this.service = service;
        this.exchange = exchange;
        this.settings = settings;
        this.budget = budget;
        this.problems = problems;
    }

    @Override
    public CompletableFuture<Response> execute(Request request, Request.Options options, Optional<Void> context) {
        var own = (CallOptions) options;
        var call = new Call(service, request, own, settings, budget, problems);
        return own.blocking()
                ? CompletableFuture.completedFuture(new BlockingCall(call, exchange, settings.sleeper()).run())
                : new AsynchronousCall(call, exchange, settings.sleeper(), own.cancellation()).start();
    }
}
