package io.multicloudboutique.benchmarks;

import io.multicloudboutique.benchmarks.plain.PlainApplication;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A server to compare our services with, on the same stack: WebFlux and R2DBC, one statement per request, and the JVM options of our image. */
final class PlainTarget implements Target {

    private static final String NAME = "plain";

    private final Path folder;
    private final Image image;
    private final Database database;

    PlainTarget(Path folder, String schema, Image image, Database database) {
        this.folder = folder;
        this.image = image;
        this.database = database;
        database.create(NAME);
        database.execute(NAME, schema);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "WebFlux and R2DBC, a statement per request";
    }

    /** One process has all operations. A second one is the food service, which calls the first. */
    @Override
    public Service host(Service service) {
        return service == Service.FOOD ? Service.FOOD : Service.INVENTORY;
    }

    @Override
    public ServerProcess start(Service service, String inventoryUrl) {
        List<String> command = new ArrayList<>(List.of(Image.java()));
        command.addAll(image.options());
        command.addAll(List.of("-cp", classPath(), PlainApplication.class.getName()));
        var environment = Map.of("SPRING_R2DBC_URL", database.r2dbcUrl(NAME), "INVENTORY_SERVICE_URL", inventoryUrl);
        return ServerProcess.start(folder, environment, command, Target.readyPath(service));
    }

    /** The class path of this program without our own modules, which would configure the peer as one of our services. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> {
                    String file = Path.of(entry).getFileName().toString();
                    return !file.startsWith("boutique-") || file.startsWith("boutique-benchmarks");
                })
                .collect(Collectors.joining(File.pathSeparator));
    }
}
