package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP client of the tests. It checks every response against the service's contract. A test fails if a response has
 * a status, media type or field that the contract does not describe, or if a required header is missing or invalid.
 * Thread-safe.
 */
public final class ContractClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Map<String, OpenApiInteractionValidator> CONTRACTS = new ConcurrentHashMap<>();

    private final URI url;
    private final OpenApiInteractionValidator contract;

    private ContractClient(URI url, OpenApiInteractionValidator contract) {
        this.url = url;
        this.contract = contract;
    }

    /** Creates a client for the service with this name at this base URL. */
    public static ContractClient of(String service, URI url) {
        var contract = CONTRACTS.computeIfAbsent(
                service,
                name -> OpenApiInteractionValidator.createForSpecificationUrl("openapi/bundled/" + name + ".yaml")
                        .build());
        return new ContractClient(url, contract);
    }

    public Call get(String path) {
        return call("GET", path);
    }

    /**
     * Returns the items of all pages of a list, in the order of the list.
     *
     * @param list the path and query of the first page
     * @param items the JSON pointer of the items in a response
     */
    public List<JsonNode> allPages(String list, String items) {
        var all = new ArrayList<JsonNode>();
        for (var path = list; !path.isEmpty(); ) {
            var page = get(path).expect(200);
            page.json().at(items).forEach(all::add);
            var link = page.header("Link");
            path = link.isEmpty() ? "" : list.replaceFirst("\\?.*", "") + link.substring(1, link.indexOf('>'));
        }
        return all;
    }

    public Call post(String path) {
        return call("POST", path);
    }

    public Call put(String path) {
        return call("PUT", path);
    }

    public Call delete(String path) {
        return call("DELETE", path);
    }

    public Call call(String method, String path) {
        return new Call(method, path);
    }

    /** A request to complete and send. Not thread-safe. */
    public final class Call {

        private final String method;
        private final String path;
        private final HttpRequest.Builder request;
        private byte @Nullable [] body;

        private Call(String method, String path) {
            this.method = method;
            this.path = path;
            this.request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
        }

        public Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        /**
         * Sets this text as the body, with the type {@code application/json}. The text does not have to be valid JSON.
         */
        public Call json(String text) {
            return header("Content-Type", "application/json").body(text);
        }

        public Call body(String text) {
            body = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        /** Sends the request and checks the response against the contract. */
        public Answer send() {
            request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            try {
                var response = HTTP.send(request.build(), BodyHandlers.ofString());
                var answer =
                        new Answer(method + " " + path, response.statusCode(), response.headers(), response.body());
                check(answer);
                return answer;
            } catch (IOException e) {
                throw new UncheckedIOException(method + " " + path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Sends the request and expects this status. */
        public Answer expect(int status) {
            return send().expected(status);
        }

        /** Sends the request and expects a problem with this status and code. */
        public Answer expectProblem(int status, String code) {
            var answer = expect(status);
            assertThat(answer.json().path("code").asString())
                    .as(answer.toString())
                    .isEqualTo(code);
            assertThat(answer.json().path("status").asInt()).isEqualTo(status);
            return answer;
        }

        private void check(Answer answer) {
            var response = SimpleResponse.Builder.status(answer.status());
            answer.headers().map().forEach(response::withHeader);
            if (!answer.body().isEmpty()) {
                response.withBody(answer.body());
            }
            var operation = URI.create(path).getRawPath();
            var report = contract.validateResponse(operation, Method.valueOf(method), response.build());
            var errors = report.getMessages().stream()
                    .filter(message -> message.getLevel() == Level.ERROR)
                    .toList();
            if (isOutsideOfTheContract(errors)) {
                // The contract does not describe unknown paths and methods, but their response must be a problem, too.
                // It is a 401 for a client without credentials, so that the client cannot find out which paths exist.
                assertThat(answer.status()).as(answer.toString()).isIn(401, 404, 405);
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                return;
            }
            assertThat(errors.stream().map(ValidationReport.Message::getMessage).collect(Collectors.joining("\n")))
                    .as("contract violations of %s", answer)
                    .isEmpty();
            checkNextPage(answer);
        }

        /** Checks that the header Next-Cursor leads to the same page as the link and, if the body is an object, the body. */
        private static void checkNextPage(Answer answer) {
            var cursor = answer.header("Next-Cursor");
            assertThat(answer.header("Link"))
                    .as(answer.toString())
                    .matches(cursor.isEmpty() ? "" : "<\\?(.*&)?cursor=" + cursor + ">; rel=\"next\"");
            if (answer.status() == 200 && answer.body().startsWith("{")) {
                assertThat(answer.json().path("nextCursor").asString(""))
                        .as(answer.toString())
                        .isEqualTo(cursor);
            }
        }

        private static boolean isOutsideOfTheContract(List<ValidationReport.Message> errors) {
            return errors.stream()
                    .anyMatch(error -> error.getKey().equals("validation.request.path.missing")
                            || error.getKey().equals("validation.request.operation.notAllowed"));
        }
    }

    /**
     * The response to a request. Immutable.
     *
     * @param call the method, path and query of the request
     */
    public record Answer(String call, int status, HttpHeaders headers, String body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        /**
         * Returns this response.
         *
         * @throws AssertionError if it has another status
         */
        public Answer expected(int expected) {
            assertThat(status).as(toString()).isEqualTo(expected);
            return this;
        }

        /** Returns the first value of the header; empty if the header is missing. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** Returns all values of the header, one for each occurrence. */
        public List<String> headerValues(String name) {
            return headers.allValues(name);
        }

        @Override
        public String toString() {
            return call + " returned " + status + " " + body;
        }
    }
}
