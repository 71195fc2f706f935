package io.multicloudboutique.client.internal.http;

import feign.Response;
import feign.codec.ErrorDecoder;

/** Creates the exception for a response that is an error. */
final class ProblemDecoder implements ErrorDecoder {

    private final ProblemReader problems;

    ProblemDecoder(ProblemReader problems) {
        this.problems = problems;
    }

    @Override
    public Exception decode(String method, Response response) {
        var answered = Answered.of(response);
        var problem = problems.read(answered.content());
        return Failures.answered(response.request(), response.status(), response.headers(), answered, problem);
    }
}
