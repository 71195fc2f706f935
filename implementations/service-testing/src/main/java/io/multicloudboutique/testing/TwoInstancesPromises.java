package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.ContractClient.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Checks that two instances of a service on one database behave as one, while many clients send requests to either
 * instance. A service's test extends this class, describes its items, and adds what only this service promises.
 *
 * <p>Both instances run in this JVM, which starts the second one in a fraction of the time of a process. What only two
 * processes can tell apart, such as a secret in a static field, is in code that all services share. The inventory's tests
 * run it in two processes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TwoInstancesPromises {

    /** The number of clients that send requests at the same time. */
    protected static final int CLIENTS = 12;

    private static final int KEYS = 40;
    private static final int REPETITIONS = 4;

    private final RunningService service;
    private final Items items;
    private final AtomicInteger numbers = new AtomicInteger();
    private @Nullable RunningService another;
    private List<ContractClient> instances = List.of();

    /**
     * The items of a service. Immutable.
     *
     * @param path the path of the list, to which a POST adds an item
     * @param inList the JSON pointer of the items in the list's response
     * @param table the database table of the items
     * @param draft returns the JSON of a new item, different for each number
     */
    public record Items(String path, String inList, String table, IntFunction<String> draft) {}

    protected TwoInstancesPromises(RunningService service, Items items) {
        this.service = service;
        this.items = items;
    }

    @BeforeAll
    void startAnotherInstance() {
        another = service.startAnother();
        connect();
    }

    @AfterAll
    void stopTheOtherInstance() {
        another.stop();
    }

    private void connect() {
        instances = List.of(service.client(), another.client());
    }

    /** Restarts both instances at the same time, with these additional settings. */
    protected final void restartBoth(String... more) throws Exception {
        var both = List.of(service, another);
        Clients.<Void>simultaneously(2, i -> () -> {
            both.get(i).restart(more);
            return null;
        });
        connect();
    }

    /** Returns the clients of both instances. */
    protected final List<ContractClient> instances() {
        return instances;
    }

    /** Returns the client of an instance, chosen at random. */
    protected final ContractClient any() {
        return instances.get(ThreadLocalRandom.current().nextInt(instances.size()));
    }

    /** Returns a bean of each instance, for tests of code without an HTTP interface. */
    protected final <T> List<T> beans(Class<T> type) {
        return List.of(service.bean(type), another.bean(type));
    }

    protected final TestDatabase database() {
        return service.database();
    }

    /** Returns a number that no other call has returned. */
    protected final int nextNumber() {
        return numbers.incrementAndGet();
    }

    /** Creates an item through any instance. */
    protected final Answer create() {
        return any().post(items.path()).json(items.draft().apply(nextNumber())).expect(201);
    }

    /** Creates an item through any instance and returns its path. */
    protected final String newItem() {
        return "/" + create().header("Location");
    }

    /** A request with a number, of which several are sent at the same time. */
    protected interface Repeated {
        Answer send(ContractClient instance, int number, int repetition);
    }

    /**
     * Sends each request several times at once, to both instances alternately.
     *
     * @return the answers to each request
     */
    protected final List<List<Answer>> sendAtOnce(int requests, int repetitions, Repeated request) throws Exception {
        var answers = new Answer[requests][repetitions];
        var next = new AtomicInteger();
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            for (int n = next.getAndIncrement(); n < requests * repetitions; n = next.getAndIncrement()) {
                var number = n / repetitions;
                var repetition = n % repetitions;
                answers[number][repetition] =
                        request.send(instances.get(repetition % instances.size()), number, repetition);
            }
            return null;
        });
        return Stream.of(answers).map(Arrays::asList).toList();
    }

    /** Checks that these are the first response to a request with a key and replays of it. */
    protected static void assertOneEffect(List<Answer> answers) {
        assertThat(answers.stream().map(answer -> answer.header("Idempotent-Replayed")))
                .as(answers.toString())
                .containsOnlyOnce("")
                .containsOnly("", "true");
        assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
        for (var header : List.of("Location", "ETag")) {
            assertThat(answers.stream().map(answer -> answer.header(header)).distinct())
                    .as(header)
                    .hasSize(1);
        }
    }

    /** Sends keyed requests to both instances at once, and checks that each key has taken effect once. */
    protected final void assertKeysTakeEffectOnce(List<String> keys, Repeated request) throws Exception {
        sendAtOnce(keys.size(), REPETITIONS, request).forEach(TwoInstancesPromises::assertOneEffect);
    }

    protected static List<String> newKeys() {
        return IntStream.range(0, KEYS)
                .mapToObj(n -> UUID.randomUUID().toString())
                .toList();
    }

    @Test
    void keysThatAreSentToBothInstancesAtOnceTakeEffectOnceUntilTheyExpire() throws Exception {
        var keys = newKeys();
        for (int day = 0; day < 2; day++) {
            var before = count();
            var drafts = newDrafts();
            assertKeysTakeEffectOnce(
                    keys,
                    (instance, n, repetition) ->
                            post(instance, keys.get(n), drafts.get(n)).expect(201));
            assertThat(count()).isEqualTo(before + KEYS);
            database()
                    .execute("UPDATE " + service.name()
                            + ".idempotency_keys SET created_at = now() - interval '25 hours',"
                            + " expires_at = now() - interval '1 hour'");
        }
        assertThat(List.of(service, another))
                .as("instances whose requests formed batches")
                .allSatisfy(instance -> {
                    var scrape = instance.scrape();
                    assertThat(scrape.value("boutique_batch_size_sum"))
                            .isGreaterThan(scrape.value("boutique_batch_size_count"));
                });
    }

    @Test
    void ofTwoBodiesWithTheSameKeyOneTakesEffectInBothInstances() throws Exception {
        var keys = newKeys();
        var drafts = newDrafts();
        var others = newDrafts();
        var before = count();

        // Both instances get both bodies.
        var answers = sendAtOnce(
                KEYS,
                REPETITIONS,
                (instance, n, repetition) -> post(instance, keys.get(n), (repetition / 2 == 0 ? drafts : others).get(n))
                        .send());

        assertThat(answers).allSatisfy(sameKey -> {
            var accepted = sameKey.get(0).status() == 201 ? sameKey.subList(0, 2) : sameKey.subList(2, 4);
            assertOneEffect(accepted);
            assertThat(sameKey).filteredOn(answer -> !accepted.contains(answer)).allSatisfy(rejected -> {
                rejected.expected(422);
                assertThat(rejected.json().path("code").asString()).isEqualTo("idempotency-key-reused");
            });
        });
        assertThat(count()).isEqualTo(before + KEYS);
    }

    @Test
    void theListHasWhatEitherInstanceHasAddedAndItsCursorsLeadOnInTheOther() throws Exception {
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            var own = List.of(create().json(), create().json());
            assertThat(allPages()).doesNotHaveDuplicates().containsAll(own);
            return null;
        });
    }

    /** Reads the pages of the list, each one from any instance. */
    private List<JsonNode> allPages() {
        var all = new ArrayList<JsonNode>();
        var path = items.path() + "?limit=100";
        while (!path.isEmpty()) {
            var page = read(path);
            page.json().at(items.inList()).forEach(all::add);
            var cursor = page.header("Next-Cursor");
            path = cursor.isEmpty() ? "" : items.path() + "?limit=100&cursor=" + cursor;
        }
        return all;
    }

    /** Reads from any instance. Repeats the request as a client would, if a busy machine has not answered it in time. */
    private Answer read(String path) {
        var answer = any().get(path).send();
        return answer.status() == 503 ? read(path) : answer.expected(200);
    }

    /**
     * Checks that each instance reads what the other one has changed, at once, and that the versions of an item belong to
     * both instances together.
     *
     * @param change returns the JSON of a change, different for each number
     */
    protected final void assertChangesAreVisibleAtOnce(IntFunction<String> change) throws Exception {
        var popular = newItem();
        var bodies = new ConcurrentHashMap<Long, String>();
        var changes = 4;
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            var own = newItem();
            var before = any().get(own).expect(200).header("ETag");
            for (int n = 0; n < changes; n++) {
                var changed = any().put(own).json(change.apply(nextNumber())).expect(200);
                var tag = changed.header("ETag");
                for (var instance : instances) {
                    var read = instance.get(own).header("If-None-Match", before).expect(200);
                    assertThat(read.json()).isEqualTo(changed.json());
                    assertThat(read.header("ETag")).isEqualTo(tag);
                    instance.get(own).header("If-None-Match", tag).expect(304);
                }
                before = tag;

                var shared = any().put(popular).json(change.apply(nextNumber())).expect(200);
                assertThat(bodies.put(version(shared), shared.body()))
                        .as("another change with the same version")
                        .isNull();
                var read = any().get(popular).expect(200);
                assertThat(version(read)).isGreaterThanOrEqualTo(version(shared));
            }
            return null;
        });
        assertThat(bodies).hasSize(CLIENTS * changes);
        assertThat(instances).allSatisfy(instance -> {
            var last = instance.get(popular).expect(200);
            assertThat(version(last)).isEqualTo(1L + CLIENTS * changes);
            assertThat(last.body()).isEqualTo(bodies.get(version(last)));
        });
    }

    private static long version(Answer answer) {
        return Long.parseLong(answer.header("ETag").replace("\"", ""));
    }

    /**
     * Checks that one of many changes of a version succeeds, when they are sent to both instances at once.
     *
     * @param change returns the JSON of a change, different for each number
     */
    protected final void assertOneOfManyRacingChangesSucceeds(IntFunction<String> change) throws Exception {
        for (int round = 0; round < 3; round++) {
            var path = newItem();
            var tag = any().get(path).expect(200).header("ETag");
            var answers = Clients.simultaneously(
                    CLIENTS,
                    i -> () -> instances
                            .get(i % 2)
                            .put(path)
                            .header("If-Match", tag)
                            .json(change.apply(nextNumber()))
                            .send());
            var winner = only(answers, 200);
            assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(CLIENTS - 1);
            assertThat(instances)
                    .allSatisfy(instance ->
                            assertThat(instance.get(path).expect(200).body()).isEqualTo(winner.body()));
        }
    }

    /** Returns the only answer with this status. */
    protected static Answer only(List<Answer> answers, int status) {
        var found = answers.stream().filter(answer -> answer.status() == status).toList();
        assertThat(found).as(answers.toString()).hasSize(1);
        return found.get(0);
    }

    /** Returns the number of answers with each status. */
    protected static Map<Integer, Long> statuses(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    }

    private List<String> newDrafts() {
        return IntStream.range(0, KEYS)
                .mapToObj(n -> items.draft().apply(nextNumber()))
                .toList();
    }

    private ContractClient.Call post(ContractClient instance, String key, String body) {
        return instance.post(items.path()).header("Idempotency-Key", key).json(body);
    }

    private long count() {
        return ((Number) database().value("SELECT count(*) FROM " + service.name() + "." + items.table())).longValue();
    }
}
