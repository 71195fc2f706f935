package io.multicloudboutique.benchmarks;

import io.multicloudboutique.aottraining.AotTraining;
import io.multicloudboutique.aottraining.TrainingFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the container image of a service unpacks, trains and starts it. The commands come from
 * {@code infra/images/Dockerfile}, so the benchmark measures what the image ships.
 */
final class Image {

    /** The first JDK that trains and uses an AOT cache with the Dockerfile's options. */
    private static final int JDK_WITH_AOT_CACHE = 25;

    /**
     * The memory that the Dockerfile's comment names. Without a container, the JVM would size its heap for the memory of this
     * machine.
     */
    private static final String CONTAINER_MEMORY = "-XX:MaxRAM=512m";

    private static final Pattern OPTIONS = Pattern.compile("printf '%s\\\\n' (.+?) >jvm\\.options");
    private static final Pattern TRAINING =
            Pattern.compile("\\bjava (@jvm\\.options .*?-XX:AOTCacheOutput=.*?-jar app\\.jar)");
    private static final Pattern ENTRYPOINT = Pattern.compile("(?m)^ENTRYPOINT \\[\"java\", (.+)]");

    private final List<String> options;
    private final List<String> training;
    private final List<String> entrypoint;

    private Image(List<String> options, List<String> training, List<String> entrypoint) {
        this.options = options;
        this.training = training;
        this.entrypoint = entrypoint;
    }

    static Image of(Path dockerfile) {
        String text;
        try {
            text = Files.readString(dockerfile).replaceAll("\\\\\\R\\s*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Image(
                Stream.concat(Arrays.stream(find(OPTIONS, text).split("\\s+")), Stream.of(CONTAINER_MEMORY))
                        .toList(),
                List.of(find(TRAINING, text).split("\\s+")),
                List.of(find(ENTRYPOINT, text).replace("\"", "").split(",\\s*")));
    }

    private static String find(Pattern pattern, String dockerfile) {
        Matcher matcher = pattern.matcher(dockerfile);
        if (!matcher.find()) {
            throw new BenchmarkFailure(
                    "infra/images/Dockerfile does not match \"%s\". Adapt Image.java to the Dockerfile."
                            .formatted(pattern));
        }
        return matcher.group(1);
    }

    static boolean hasAotCache() {
        return Runtime.version().feature() >= JDK_WITH_AOT_CACHE;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Returns the JVM options of the image. An older JDK gets those that it knows. */
    List<String> options() {
        if (hasAotCache()) {
            return options;
        }
        return Stream.concat(
                        Stream.of("-XX:+IgnoreUnrecognizedVMOptions"),
                        options.stream().filter(option -> option.startsWith("-X")))
                .toList();
    }

    /** Unpacks a service's jar into an empty folder and trains the AOT cache, as the Dockerfile does. */
    void build(Path jar, Path folder) {
        try {
            Files.createDirectories(folder);
            Path service = folder.resolve("service.jar");
            Files.copy(jar, service);
            Path unpacked = folder.resolve("unpacked");
            Commands.run(
                    folder,
                    Map.of(),
                    List.of(
                            java(),
                            "-Djarmode=tools",
                            "-jar",
                            "service.jar",
                            "extract",
                            "--destination",
                            unpacked.toString()));
            Files.delete(service);
            Files.move(unpacked.resolve("service.jar"), unpacked.resolve("app.jar"));
            Files.write(unpacked.resolve("jvm.options"), options());
            if (hasAotCache()) {
                AotTraining.train(unpacked, withJava(training));
            }
        } catch (TrainingFailed e) {
            throw new BenchmarkFailure("The AOT cache was not trained. " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a service from a folder that {@link #build} has filled. */
    ServerProcess start(Path folder, Map<String, String> environment, String readyPath) {
        List<String> command = withJava(entrypoint);
        if (!hasAotCache()) {
            command.removeIf(argument -> argument.startsWith("-XX:AOT"));
        }
        return ServerProcess.start(folder.resolve("unpacked"), environment, command, readyPath);
    }

    private static List<String> withJava(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(arguments);
        return command;
    }
}
