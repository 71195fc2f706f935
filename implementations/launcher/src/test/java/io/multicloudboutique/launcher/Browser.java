package io.multicloudboutique.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests pages and headers that no contract describes. Tests of operations use {@code ContractClient} instead. */
final class Browser {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Browser() {}

    static HttpResponse<String> get(URI page, String path, String... headers) {
        return send(request(page, path, headers));
    }

    static HttpResponse<String> post(URI page, String path, String... headers) {
        return send(request(page, path, headers).POST(BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder request(URI page, String path, String... headers) {
        var request = HttpRequest.newBuilder(page.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    static HttpResponse<String> head(URI page, String path) {
        return send(HttpRequest.newBuilder(page.resolve(path)).method("HEAD", BodyPublishers.noBody()));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
