package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Checks that two instances of a service whose items can be changed and deleted behave as one. A service's test extends
 * this class and describes its items.
 */
public abstract class TwoInstancesItemPromises extends TwoInstancesPromises {

    private static final int ITEMS = 5;

    private final IntFunction<String> change;

    /** @param change returns the JSON of a change, different for each number */
    protected TwoInstancesItemPromises(RunningService service, Items items, IntFunction<String> change) {
        super(service, items);
        this.change = change;
    }

    @Test
    void eachInstanceReadsTheChangesOfTheOtherAtOnce() throws Exception {
        assertChangesAreVisibleAtOnce(change);
    }

    @Test
    void oneOfManyChangesOfAVersionSucceedsInBothInstances() throws Exception {
        assertOneOfManyRacingChangesSucceeds(change);
    }

    @Test
    void anItemIsDeletedOnceAndGoneInBothInstancesAtOnce() throws Exception {
        var paths = new ArrayList<String>();
        var items = new ArrayList<JsonNode>();
        for (int n = 0; n < ITEMS; n++) {
            var created = create();
            var path = "/" + created.header("Location");
            instances().forEach(instance -> instance.get(path).expect(200));
            paths.add(path);
            items.add(created.json());
        }

        var answers = sendAtOnce(ITEMS, CLIENTS, (instance, n, repetition) -> {
            var answer = instance.delete(paths.get(n)).send();
            any().get(paths.get(n)).expectProblem(404, "not-found");
            any().put(paths.get(n)).json(change.apply(nextNumber())).expectProblem(404, "not-found");
            return answer;
        });

        for (int n = 0; n < ITEMS; n++) {
            assertThat(only(answers.get(n), 200).json().path("item")).isEqualTo(items.get(n));
            assertThat(statuses(answers.get(n))).containsOnlyKeys(200, 404);
        }
    }

    @Test
    void ofChangesAndDeletionsOfOneVersionOneSucceeds() throws Exception {
        var paths = new ArrayList<String>();
        for (int n = 0; n < ITEMS; n++) {
            paths.add(newItem());
        }
        var tags = paths.stream()
                .map(path -> any().get(path).expect(200).header("ETag"))
                .toList();

        var answers = sendAtOnce(ITEMS, CLIENTS, (instance, n, repetition) -> {
            var call = repetition / 2 % 2 == 0
                    ? instance.put(paths.get(n)).json(change.apply(nextNumber()))
                    : instance.delete(paths.get(n));
            return call.header("If-Match", tags.get(n)).send();
        });

        for (int n = 0; n < ITEMS; n++) {
            var winner = only(answers.get(n), 200);
            var deleted = winner.call().startsWith("DELETE");
            assertThat(statuses(answers.get(n))).containsOnlyKeys(200, deleted ? 404 : 412);
            for (var instance : instances()) {
                var read = instance.get(paths.get(n)).expect(deleted ? 404 : 200);
                assertThat(deleted || read.body().equals(winner.body())).isTrue();
            }
        }
    }
}
