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
 * Compares the pacts that a test class has written with the committed pacts, so that no pact changes unnoticed.
 * Register this extension before Pact's own: JUnit calls {@code afterAll} in the reverse order of registration.
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
        // After a failure, the written pact is incomplete: Pact writes only the interactions that have passed.
        if (failed || context.getExecutionException().isPresent()) {
            return;
        }
        of(context.getRequiredTestClass()).forEach(CommittedPacts::compare);
    }

    private static void compare(String name) {
        var acceptCommand = "cp contract-tests/consumers/target/pacts/" + name + " contract-tests/pacts/";
        if (Files.notExists(COMMITTED.resolve(name))) {
            fail("The pact %s is new. Review it, then accept it: %s", name, acceptCommand);
        }
        assertThat(WRITTEN.resolve(name))
                .as(
                        "This consumer's expectations differ from contract-tests/pacts/%s. To accept the change: %s",
                        name, acceptCommand)
                .hasSameTextualContentAs(COMMITTED.resolve(name));
    }
}
