package io.multicloudboutique.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The running processes of all targets. Each starts when it is needed first, and runs until the end. */
final class Fleet implements AutoCloseable {

    private record Key(String target, Service service) {}

    private final Map<Key, ServerProcess> processes = new LinkedHashMap<>();
    private boolean closed;

    /** Returns the process that the clients of a scenario call. */
    synchronized ServerProcess called(Target target, Scenario scenario) {
        return process(target, scenario.service());
    }

    /** Returns all processes that work in a scenario. */
    synchronized List<ServerProcess> working(Target target, Scenario scenario) {
        return scenario.services().stream()
                .map(service -> process(target, service))
                .toList();
    }

    /** Returns the process of a service, and starts it first if it is not running. */
    synchronized ServerProcess process(Target target, Service service) {
        if (closed) {
            throw new BenchmarkFailure("The benchmark is stopping.");
        }
        Service host = target.host(service);
        String inventoryUrl =
                host == Service.FOOD ? process(target, Service.INVENTORY).url() : "";
        Key key = new Key(target.name(), host);
        ServerProcess running = processes.get(key);
        if (running == null) {
            running = target.start(host, inventoryUrl);
            processes.put(key, running);
        }
        return running;
    }

    /** Returns the end of the output of a target's processes. */
    synchronized String lastOutput(Target target) {
        List<String> outputs = new ArrayList<>();
        processes.forEach((key, process) -> {
            if (key.target().equals(target.name())) {
                outputs.add("--- " + key.target() + ", " + key.service().folder() + "\n" + process.lastOutput());
            }
        });
        return String.join("\n", outputs);
    }

    @Override
    public synchronized void close() {
        closed = true;
        processes.values().forEach(ServerProcess::close);
        processes.clear();
    }
}
