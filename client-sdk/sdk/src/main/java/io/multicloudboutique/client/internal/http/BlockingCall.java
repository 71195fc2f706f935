package io.multicloudboutique.client.internal.http;

import feign.Response;
import io.multicloudboutique.client.Sleeper;
import io.multicloudboutique.client.errors.InterruptedCallException;
import java.io.IOException;
import java.net.http.HttpResponse;

/** Runs a call on the caller's thread. */
final class BlockingCall {

    private final Call call;
    private final JdkExchange exchange;
    private final Limiter limiter;
    private final Sleeper sleeper;

    BlockingCall(Call call, JdkExchange exchange, Sleeper sleeper) {
        this.call = call;
        this.exchange = exchange;
        this.limiter = exchange.limiter(call.request());
        this.sleeper = sleeper;
    }

    Response run() {
        try {
            while (true) {
                var next = attempt();
                if (next instanceof Call.Answer answer) {
                    return answer.response();
                }
                if (next instanceof Call.Failure failure) {
                    throw failure.exception();
                }
                pause((Call.Retry) next);
            }
        } catch (InterruptedCallException e) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    private Call.Next attempt() {
        try {
            if (!limiter.acquire(call.remaining())) {
                throw call.crowdedOut(limiter.limit());
            }
        } catch (InterruptedException e) {
            throw call.interrupted(e);
        }
        try {
            return send();
        } finally {
            limiter.release();
        }
    }

    private Call.Next send() {
        var attempt = exchange.attempt(call.request(), call.begin(), call.timeout());
        HttpResponse<byte[]> answer;
        try {
            answer = attempt.send();
        } catch (IOException e) {
            return call.failed(attempt.failure(e));
        } catch (InterruptedException e) {
            throw call.interruptedInAttempt(e);
        } catch (RuntimeException | Error e) {
            call.ended(e);
            throw e;
        }
        return call.answered(answer);
    }

    private void pause(Call.Retry retry) {
        try {
            sleeper.sleep(retry.pause());
        } catch (InterruptedException e) {
            throw call.interrupted(e);
        }
    }
}
