package io.multicloudboutique.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.launcher.BegunPost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Graceful shutdown: SIGTERM while a service handles requests. */
@NeedsEngine
class DrainTest {

    private static final int CLIENTS = 4;
    private static final String PREFIX = "drain-";

    /**
     * Sends POST requests to one service until it rejects one.
     *
     * @param body the request body; a unique text, which is also the idempotency key, replaces %
     * @param list the path of the list that contains the written items
     * @param items a JSON pointer to the items of a page
     * @param field the field of an item that contains the unique text
     * @param accepted the unique texts of requests that returned 201
     * @param unanswered the unique texts of requests without a response, which the service may or may not have executed
     * @param unexpected responses other than 201 and 503
     */
    private record Load(
            String service,
            String path,
            String body,
            String list,
            String items,
            String field,
            Queue<String> accepted,
            Queue<String> unanswered,
            Queue<String> unexpected) {

        Load(String service, String path, String body, String list, String items, String field) {
            this(
                    service,
                    path,
                    body,
                    list,
                    items,
                    field,
                    new ConcurrentLinkedQueue<>(),
                    new ConcurrentLinkedQueue<>(),
                    new ConcurrentLinkedQueue<>());
        }

        List<Thread> start(URI url) {
            var clients = new ArrayList<Thread>();
            for (int client = 0; client < CLIENTS; client++) {
                var prefix = PREFIX + client + "-";
                clients.add(new Thread(() -> writeUntilRefused(url.resolve(path), prefix)));
            }
            clients.forEach(Thread::start);
            return clients;
        }

        private void writeUntilRefused(URI url, String prefix) {
            var http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            for (int i = 0; ; i++) {
                var unique = prefix + i;
                var request = HttpRequest.newBuilder(url)
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", unique)
                        .POST(BodyPublishers.ofString(body.replace("%", unique)))
                        .build();
                try {
                    var answer = http.send(request, BodyHandlers.ofString());
                    if (answer.statusCode() != 201) {
                        if (answer.statusCode() != 503) {
                            unexpected.add(answer.statusCode() + " " + answer.body());
                        }
                        return;
                    }
                    accepted.add(unique);
                } catch (IOException refusal) {
                    unanswered.add(unique);
                    return;
                } catch (InterruptedException e) {
                    unexpected.add(e.toString());
                    return;
                }
            }
        }

        /** Starts one more POST and returns when the service has requested the body with 100 Continue. */
        BegunPost begin(URI url) throws IOException {
            return BegunPost.begin(url, path, body.replace("%", PREFIX + "late"));
        }

        /** Waits until every client is rejected, which means that the service is draining, then sends the body. */
        void finishOnceRefused(BegunPost begun, List<Thread> clients, Topology topology) {
            try (begun) {
                for (var client : clients) {
                    client.join(Duration.ofMinutes(1).toMillis());
                    assertThat(client.isAlive()).isFalse();
                }
                var answer = begun.finish();
                assertThat(answer)
                        .as(() -> "response of " + service + ", whose log is:\n" + topology.log(service))
                        .startsWith("HTTP/1.1 201");
                accepted.add(PREFIX + "late");
            } catch (IOException e) {
                throw new UncheckedIOException(service, e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void inAThread(Runnable work) {
        new Thread(work).start();
    }

    @Test
    void shutdownLosesNoAcceptedWriteAndCompletesRequestsInFlight() throws Exception {
        var loads = List.of(
                new Load(
                        "analytics",
                        "/metrics",
                        "{\"transactionType\": \"%\", \"durationMs\": 1, \"success\": true}",
                        "/metrics?limit=200",
                        "/data",
                        "transactionType"),
                new Load(
                        "crm",
                        "/customers",
                        "{\"name\": \"%\", \"surname\": \"S\"}",
                        "/customers?limit=200",
                        "",
                        "name"),
                new Load(
                        "inventory",
                        "/inventory",
                        "{\"productId\": \"%\", \"name\": \"N\", \"stockLevel\": 1}",
                        "/inventory?limit=200",
                        "/data",
                        "productId"),
                new Load(
                        "furniture",
                        "/furniture",
                        "{\"name\": \"%\", \"category\": \"C\", \"price\": 1}",
                        "/furniture?limit=200",
                        "",
                        "name"),
                new Load(
                        "food",
                        "/food",
                        "{\"name\": \"%\", \"category\": \"C\", \"price\": 1}",
                        "/food?limit=200",
                        "/foodItems",
                        "name"),
                new Load(
                        "accounting",
                        "/transactions",
                        "{\"item\": \"%\", \"price\": 1, \"date\": \"2026-11-23\"}",
                        "/transactions?limit=200",
                        "/transactions",
                        "item"));
        try (var topology = Topology.up()) {
            var clients = new HashMap<Load, List<Thread>>();
            loads.forEach(load -> clients.put(load, load.start(topology.url(load.service()))));
            loads.forEach(load -> await(load.service())
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> load.accepted().size() > 50));

            var begun = new HashMap<Load, BegunPost>();
            for (var load : loads) {
                begun.put(load, load.begin(topology.url(load.service())));
            }

            var stopped = CompletableFuture.runAsync(() -> topology.stop(Topology.SERVICES), DrainTest::inAThread);
            // Runs in parallel, because a slow service must not use up the shutdown time of the others.
            var finished = loads.stream()
                    .map(load -> CompletableFuture.runAsync(
                            () -> load.finishOnceRefused(begun.get(load), clients.get(load), topology),
                            DrainTest::inAThread))
                    .toList();
            finished.forEach(CompletableFuture::join);
            stopped.join();

            for (var load : loads) {
                assertThat(load.unexpected()).as(load.service()).isEmpty();
                var state = topology.inspect(load.service()).getState();
                assertThat(state.getExitCodeLong())
                        .as("exit code of %s after SIGTERM", load.service())
                        .isEqualTo(143);
                assertThat(state.getOOMKilled()).isFalse();
            }
            topology.start(Topology.SERVICES);
            for (var load : loads) {
                // If the connection closes while a request arrives, the client cannot know the outcome. The
                // idempotency key makes a retry safe.
                for (var unique : load.unanswered()) {
                    topology.client(load.service())
                            .post(load.path())
                            .header("Idempotency-Key", unique)
                            .json(load.body().replace("%", unique))
                            .expect(201);
                }
                var expected = new ArrayList<>(load.accepted());
                expected.addAll(load.unanswered());
                var written = topology.client(load.service()).allPages(load.list(), load.items()).stream()
                        .map(item -> item.path(load.field()).asString())
                        .filter(text -> text.startsWith(PREFIX))
                        .toList();
                assertThat(written).as(load.service()).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }
}
