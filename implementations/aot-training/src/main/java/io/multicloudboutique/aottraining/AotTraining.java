package io.multicloudboutique.aottraining;

import io.multicloudboutique.embeddedpostgres.EmbeddedDatabase;
import io.multicloudboutique.support.database.DatabaseUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trains the AOT cache of a service. The training is what the service does in production: a start with the schema
 * migrations on a real PostgreSQL, the operations of its contract, and a SIGTERM. The JVM then writes the cache, which
 * contains the classes that the service has loaded.
 */
public final class AotTraining {

    private static final String CACHE_OPTION = "-XX:AOTCacheOutput=";

    private AotTraining() {}

    /**
     * Trains a service in the current folder. Exits with 1 and one message if that fails.
     *
     * @param command the service's command, with the option {@code -XX:AOTCacheOutput}
     */
    public static void main(String[] command) {
        try {
            train(Path.of(""), List.of(command));
        } catch (TrainingFailed e) {
            System.err.println("The AOT cache was not trained. " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Trains a service.
     *
     * @param folder the folder in which the command runs, and in which the JVM writes the cache
     * @param command the service's command, with the option {@code -XX:AOTCacheOutput}
     * @throws TrainingFailed if PostgreSQL or the service does not start, if the service answers a request with a server
     *     error or does not stop as expected, or if there is no cache afterwards
     */
    public static void train(Path folder, List<String> command) {
        Path cache = folder.resolve(command.stream()
                .filter(argument -> argument.startsWith(CACHE_OPTION))
                .findFirst()
                .orElseThrow(() -> new TrainingFailed("The command has no option " + CACHE_OPTION + "<file>."))
                .substring(CACHE_OPTION.length()));
        try {
            Files.deleteIfExists(cache);
            Path temporary = Files.createTempDirectory("aot-training");
            try (EmbeddedDatabase database = EmbeddedDatabase.start(temporary.resolve("postgresql"))) {
                Path output = temporary.resolve("output");
                try (TrainedService service =
                        TrainedService.start(folder, command, database.url(database.database()), output)) {
                    service.awaitReady();
                    service.sendRequests();
                    service.terminate();
                }
                if (!Files.exists(cache)) {
                    throw new TrainingFailed("The JVM has written no cache. Its output:\n" + Files.readString(output));
                }
            } finally {
                delete(temporary);
            }
        } catch (DatabaseUnavailable e) {
            throw new TrainingFailed(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
