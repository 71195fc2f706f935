package io.multicloudboutique.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The measurements of a run, by scenario and target. */
final class Results {

    private final List<Target> targets;
    private final Map<Scenario, Map<String, List<Measurement>>> measurements = new EnumMap<>(Scenario.class);

    Results(List<Target> targets) {
        this.targets = List.copyOf(targets);
    }

    void add(Scenario scenario, Target target, Measurement measurement) {
        measurements
                .computeIfAbsent(scenario, first -> new LinkedHashMap<>())
                .computeIfAbsent(target.name(), first -> new ArrayList<>())
                .add(measurement);
    }

    List<Target> targets() {
        return targets;
    }

    List<Scenario> scenarios() {
        return List.copyOf(measurements.keySet());
    }

    Summary summary(Scenario scenario, String target, ToDoubleFunction<Measurement> value) {
        return Summary.of(
                of(scenario, target).stream().mapToDouble(value).boxed().toList());
    }

    /** Returns the median of a value, or nothing if it could not be measured. */
    OptionalDouble median(Scenario scenario, String target, Function<Measurement, OptionalDouble> value) {
        List<Double> values = of(scenario, target).stream()
                .map(value)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
        return values.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Summary.of(values).median());
    }

    /** Returns whether some answers of a target were incomplete and do not count. */
    boolean incomplete(Scenario scenario, String target) {
        return of(scenario, target).stream().anyMatch(Measurement::incomplete);
    }

    boolean incomplete() {
        return scenarios().stream()
                .anyMatch(scenario -> targets.stream().anyMatch(target -> incomplete(scenario, target.name())));
    }

    /** Returns our requests per second divided by those of a peer, or nothing if our services were not measured. */
    Optional<Double> speedRatio(Scenario scenario, String peer) {
        String ours = Options.TARGETS.get(0);
        if (peer.equals(ours) || of(scenario, ours).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(summary(scenario, ours, Measurement::requestsPerSecond)
                        .median()
                / summary(scenario, peer, Measurement::requestsPerSecond).median());
    }

    /** Returns our CPU time per request, with that of PostgreSQL, divided by that of a peer. */
    Optional<Double> cpuRatio(Scenario scenario, String peer) {
        String ours = Options.TARGETS.get(0);
        OptionalDouble ourCpu = median(scenario, ours, Results::cpu);
        OptionalDouble theirCpu = median(scenario, peer, Results::cpu);
        return peer.equals(ours) || ourCpu.isEmpty() || theirCpu.isEmpty()
                ? Optional.empty()
                : Optional.of(ourCpu.getAsDouble() / theirCpu.getAsDouble());
    }

    private static OptionalDouble cpu(Measurement measurement) {
        return measurement.serviceCpu().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(measurement.serviceCpu().getAsDouble()
                        + measurement.databaseCpu().orElse(0));
    }

    private List<Measurement> of(Scenario scenario, String target) {
        return measurements.getOrDefault(scenario, Map.of()).getOrDefault(target, List.of());
    }
}
