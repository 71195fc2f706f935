package io.multicloudboutique.contracts.consumer;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import au.com.dius.pact.core.model.annotations.Pact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * The pacts that a test class has written are those that are committed, so that nobody changes one without saying so. To be
 * registered before Pact's own extension: what is registered first comes last in the end.
 */
final class CommittedPacts implements TestWatcher, AfterAllCallback {

    static final Path COMMITTED = Path.of("..", "pacts");
    private static final Path WRITTEN = Path.of("target", "pacts");

    private boolean failed;

    /** The file names of the pacts that these test classes write. */
    static SortedSet<String> of(Class<?>... tests) {
        return Arrays.stream(tests)
                .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                .map(method -> method.getAnnotation(Pact.class))
                .filter(pact -> pact != null)
                .map(pact -> pact.consumer() + "-" + pact.provider() + ".json")
                .collect(toCollection(TreeSet::new));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        failed = true;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Pact writes what has not failed, which is not the whole pact then.
        if (failed || context.getExecutionException().isPresent()) {
            return;
        }
        of(context.getRequiredTestClass()).forEach(CommittedPacts::compare);
    }

    private static void compare(String name) {
        var agreeing = "cp contract-tests/consumers/target/pacts/" + name + " contract-tests/pacts/";
        if (Files.notExists(COMMITTED.resolve(name))) {
            fail("The pact %s is new. Read it, then commit it: %s", name, agreeing);
        }
        assertThat(WRITTEN.resolve(name))
                .as(
                        "What this consumer relies on is not what contract-tests/pacts/%s says. If that is on purpose, %s",
                        name, agreeing)
                .hasSameTextualContentAs(COMMITTED.resolve(name));
    }
}
