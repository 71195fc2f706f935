package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Checks for HEAD and OPTIONS, which every path has, and which the contracts therefore do not describe. */
public final class CommonMethods {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private CommonMethods() {}

    /** Checks that HEAD has the headers of GET, without a body. */
    public static void assertHead(ContractClient client, URI service, String path)
            throws IOException, InterruptedException {
        var read = client.get(path).expect(200);
        var head = send("HEAD", service.resolve(path), "");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().allValues("ETag")).isEqualTo(read.headerValues("ETag"));
        assertThat(head.headers().allValues("Content-Type")).isEqualTo(read.headerValues("Content-Type"));
        assertThat(head.headers().allValues("Content-Length"))
                .containsExactly(String.valueOf(read.body().getBytes(StandardCharsets.UTF_8).length))
                .isEqualTo(read.headerValues("Content-Length"));
        if (!read.header("ETag").isEmpty()) {
            assertThat(send("HEAD", service.resolve(path), read.header("ETag")).statusCode())
                    .isEqualTo(304);
        }
    }

    /** Checks that OPTIONS names exactly these methods. */
    public static void assertOptions(URI service, String path, String... methods)
            throws IOException, InterruptedException {
        var options = send("OPTIONS", service.resolve(path), "");

        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow").orElseThrow().split(","))
                .containsExactlyInAnyOrder(methods);
    }

    private static HttpResponse<String> send(String method, URI url, String knownTag)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url).method(method, BodyPublishers.noBody());
        if (!knownTag.isEmpty()) {
            request.header("If-None-Match", knownTag);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
