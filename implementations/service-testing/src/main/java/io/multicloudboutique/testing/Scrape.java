package io.multicloudboutique.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The metrics of a service at one point in time, as Prometheus reads them. Immutable.
 *
 * @param text the response in Prometheus' text format
 */
public record Scrape(String text) {

    private static final Pattern SAMPLE = Pattern.compile("([a-z_0-9]+)(?:\\{(.*)})? (\\S+)");

    /** Reads the metrics of the management server at this address. */
    static Scrape of(URI managementServer) {
        try {
            var response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(managementServer.resolve("/actuator/prometheus"))
                                    .build(),
                            BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The scrape failed: " + response.statusCode() + " " + response.body());
            }
            return new Scrape(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the sum of the samples with this name and these labels.
     *
     * @param labels labels in the form {@code name="value"}; a sample may have others too
     * @return 0 if there is no such sample
     */
    public double value(String name, String... labels) {
        return samples().stream()
                .filter(sample -> sample.name().equals(name) && sample.labels().containsAll(List.of(labels)))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** Returns the types of the metrics by their names, from the lines {@code # TYPE}. */
    public TreeMap<String, String> types() {
        var types = new TreeMap<String, String>();
        text.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" "))
                .forEach(type -> types.put(type[2], type[3]));
        return types;
    }

    private record Sample(String name, List<String> labels, double value) {}

    private List<Sample> samples() {
        return text.lines()
                .map(SAMPLE::matcher)
                .filter(line -> line.matches())
                .map(line -> new Sample(
                        line.group(1),
                        line.group(2) == null
                                ? List.of()
                                : List.of(line.group(2).split(",(?=[a-z_]+=)")),
                        Double.parseDouble(line.group(3).replace("+Inf", "Infinity"))))
                .toList();
    }
}
