package io.multicloudboutique.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Compares two ways to start the inventory: as in the image, and its executable jar without options. */
final class StartBenchmark {

    /**
     * The result of one way to start.
     *
     * @param seconds the time from the start of the process to the first answer with 200
     * @param residentMegabytes the memory after {@value #REQUESTS} requests; empty on systems without {@code /proc}
     */
    record Way(String name, Summary seconds, OptionalDouble residentMegabytes) {}

    private static final long REQUESTS = 100_000;

    private final BoutiqueTarget boutique;
    private final Wrk wrk;
    private final Options options;

    StartBenchmark(BoutiqueTarget boutique, Wrk wrk, Options options) {
        this.boutique = boutique;
        this.wrk = wrk;
        this.options = options;
    }

    List<Way> run() {
        List<Double> image = new ArrayList<>();
        List<Double> jar = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            image.add(start(boutique::startInventoryFromImage));
            jar.add(start(boutique::startInventoryFromJar));
        }
        String aot = Image.hasAotCache() ? "unpacked, AOT cache" : "unpacked, no AOT cache";
        return List.of(
                new Way("the image (" + aot + ")", Summary.of(image), memory(boutique::startInventoryFromImage)),
                new Way("java -jar, no options", Summary.of(jar), memory(boutique::startInventoryFromJar)));
    }

    private static double start(Supplier<ServerProcess> way) {
        try (ServerProcess process = way.get()) {
            return process.startTime().toMillis() / 1e3;
        }
    }

    private OptionalDouble memory(Supplier<ServerProcess> way) {
        try (ServerProcess process = way.get()) {
            for (long requests = 0; requests < REQUESTS; ) {
                requests += wrk.start(Scenario.GET.script(), process.url(), options.connections(), 1)
                        .await()
                        .requests();
            }
            OptionalLong bytes = process.tree().residentBytes();
            return bytes.isPresent() ? OptionalDouble.of(bytes.getAsLong() / 1e6) : OptionalDouble.empty();
        }
    }
}
