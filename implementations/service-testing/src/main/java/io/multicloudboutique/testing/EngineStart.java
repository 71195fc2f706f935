package io.multicloudboutique.testing;

import java.io.IOException;
import java.nio.file.Files;

/** Begins a build with the profile {@code engine}, before any test: checks that the tests may use the given database. */
public final class EngineStart {

    private EngineStart() {}

    /** Exits with 1 if they may not, and prints the reason and what to do. */
    public static void main(String[] arguments) throws IOException {
        try {
            var engine = GivenDatabase.prepare();
            Files.createDirectories(Refusals.folder());
            Files.writeString(Refusals.folder().resolve("engine"), engine);
            System.out.println("The tests use " + engine);
        } catch (IllegalStateException unusable) {
            System.err.println(unusable.getMessage());
            System.exit(1);
        }
    }
}
