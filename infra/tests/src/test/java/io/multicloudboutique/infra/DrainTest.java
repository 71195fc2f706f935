package io.multicloudboutique.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What SIGTERM does to a service in the middle of its work. */
@NeedsEngine
class DrainTest {

    private static final int CLIENTS = 4;
    private static final String PREFIX = "drain-";

    /**
     * Writes to one service until it refuses.
     *
     * @param body what to send, with % in the place of something unique
     * @param list all pages of it have what was written
     * @param items where the list's items are
     * @param field which of an item's fields has the unique text
     */
    private record Load(
            String service,
            String path,
            String body,
            String list,
            String items,
            String field,
            Queue<String> accepted,
            Queue<String> unexpected,
            AtomicInteger refused) {

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
                    new AtomicInteger());
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
                        .POST(BodyPublishers.ofString(body.replace("%", unique)))
                        .build();
                try {
                    var answer = http.send(request, BodyHandlers.ofString());
                    if (answer.statusCode() == 201) {
                        accepted.add(unique);
                        continue;
                    }
                    if (answer.statusCode() != 503) {
                        unexpected.add(answer.statusCode() + " " + answer.body());
                    }
                } catch (IOException refusal) {
                    // No answer: then it must not have been done either, which is compared below.
                } catch (InterruptedException e) {
                    unexpected.add(e.toString());
                }
                refused.incrementAndGet();
                return;
            }
        }
    }

    @Test
    void whatIsInTheDatabaseAfterSigtermIsExactlyWhatWasAccepted() throws InterruptedException {
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
            var clients = new ArrayList<Thread>();
            loads.forEach(load -> clients.addAll(load.start(topology.url(load.service()))));
            loads.forEach(load -> await(load.service())
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> load.accepted().size() > 100));

            topology.stop(Topology.SERVICES);
            for (var client : clients) {
                client.join(Duration.ofMinutes(1).toMillis());
            }

            for (var load : loads) {
                assertThat(load.refused().get()).as(load.service()).isEqualTo(CLIENTS);
                assertThat(load.unexpected()).as(load.service()).isEmpty();
                var state = topology.inspect(load.service()).getState();
                assertThat(state.getExitCodeLong())
                        .as("%s ended by itself", load.service())
                        .isEqualTo(143);
                assertThat(state.getOOMKilled()).isFalse();
            }
            topology.start(Topology.SERVICES);
            for (var load : loads) {
                var written = topology.client(load.service()).allPages(load.list(), load.items()).stream()
                        .map(item -> item.path(load.field()).asString())
                        .filter(text -> text.startsWith(PREFIX))
                        .toList();
                assertThat(written).as(load.service()).containsExactlyInAnyOrderElementsOf(load.accepted());
            }
        }
    }
}
