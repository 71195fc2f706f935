package io.multicloudboutique.contracts.consumer;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.annotations.Pact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

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
                .flatMap(test ->
                        AnnotationSupport.findAnnotatedMethods(test, Pact.class, HierarchyTraversalMode.TOP_DOWN)
                                .stream()
                                .map(method -> method.getAnnotation(Pact.class))
                                .map(pact -> pact.consumer() + "-" + provider(pact, test) + ".json"))
                .collect(toCollection(TreeSet::new));
    }

    /** A pact method that several tests inherit gets its provider from the test. */
    private static String provider(Pact pact, Class<?> test) {
        return pact.provider().isEmpty() ? test.getAnnotation(PactTestFor.class).providerName() : pact.provider();
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
