package io.multicloudboutique.client.internal.http;

import feign.InvocationContext;
import feign.Response;
import feign.ResponseInterceptor;
import io.multicloudboutique.client.Health;
import io.multicloudboutique.client.RawResponse;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;

/**
 * Turns a response that is not an error into a {@link RawResponse}, and leaves the others to the {@link ProblemDecoder}.
 * Two responses are no errors although they do not have a 2xx status: an item that has not changed, and a service that
 * reports that it is unhealthy.
 */
final class ResponseReader implements ResponseInterceptor {

    @Override
    public Object intercept(InvocationContext context, Chain chain) throws Exception {
        var response = context.response();
        var body = ((ParameterizedType) context.returnType()).getActualTypeArguments()[0];
        return isSuccess(response) || isNotModified(response) || isHealth(response, body)
                ? new ReceivedResponse<>(response, body)
                : chain.next(context);
    }

    private static boolean isSuccess(Response response) {
        return response.status() >= 200 && response.status() < 300;
    }

    private static boolean isNotModified(Response response) {
        return response.status() == 304 && response.request().headers().containsKey("If-None-Match");
    }

    private static boolean isHealth(Response response, Type body) {
        if (body != Health.class || response.status() != 503) {
            return false;
        }
        try {
            return Json.STRICT.readValue(Answered.of(response).content(), Health.class) != null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
