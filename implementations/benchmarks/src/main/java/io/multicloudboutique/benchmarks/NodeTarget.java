package io.multicloudboutique.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A peer that is a Node.js program. */
final class NodeTarget implements Target {

    private final String name;
    private final String description;
    private final Path peers;
    private final Map<String, String> environment;

    private NodeTarget(String name, String description, Path peers, Map<String, String> environment) {
        this.name = name;
        this.description = description;
        this.peers = peers;
        this.environment = environment;
        install(peers);
    }

    /** Express with everything in memory. */
    static NodeTarget express(Path peers) {
        return new NodeTarget("express", "Express, in memory, without a database", peers, Map.of());
    }

    /** Fastify and pg on the same PostgreSQL server. */
    static NodeTarget fastify(Path peers, String schema, int workers, Database database) {
        String name = "fastify";
        database.create(name);
        database.execute(name, schema);
        return new NodeTarget(
                name,
                "Fastify and pg, " + (workers == 1 ? "one process" : workers + " processes"),
                peers,
                Map.of("DATABASE_URL", database.url(name), "WORKERS", Integer.toString(workers)));
    }

    /** Installs the pinned packages, unless they are installed already. */
    private static void install(Path peers) {
        Path installed = peers.resolve("node_modules/.package-lock.json");
        if (!Files.exists(installed)
                || installed.toFile().lastModified()
                        < peers.resolve("package-lock.json").toFile().lastModified()) {
            Commands.run(peers, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    /** One process has all operations. A second one is the food service, which calls the first. */
    @Override
    public Service host(Service service) {
        return service == Service.FOOD ? Service.FOOD : Service.INVENTORY;
    }

    @Override
    public ServerProcess start(Service service, String inventoryUrl) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("NODE_ENV", "production");
        if (service == Service.FOOD) {
            variables.put("INVENTORY_SERVICE_URL", inventoryUrl);
        }
        return ServerProcess.start(peers, variables, List.of("node", name + ".js"), Target.readyPath(service));
    }
}
