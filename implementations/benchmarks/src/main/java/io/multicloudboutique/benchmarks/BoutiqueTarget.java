package io.multicloudboutique.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Our services, each in a JVM of its own, started as in their container image. */
final class BoutiqueTarget implements Target {

    /** Not called "boutique", because the server has a database with that name for its own connections. */
    static final String DATABASE = "services";

    private static final int PRODUCTS = 1000;

    private final String name;
    private final String description;
    private final String databaseName;
    private final Map<String, String> settings;
    private final Path root;
    private final Path folder;
    private final Image image;
    private final Database database;

    private BoutiqueTarget(
            String name,
            String description,
            String databaseName,
            Map<String, String> settings,
            Path root,
            Path folder,
            Image image,
            Database database) {
        this.name = name;
        this.description = description;
        this.databaseName = databaseName;
        this.settings = settings;
        this.root = root;
        this.folder = folder.resolve(name);
        this.image = image;
        this.database = database;
        database.create(databaseName);
    }

    /**
     * @param root the repository
     * @param folder an empty folder for the unpacked services
     */
    static BoutiqueTarget asInTheImage(Path root, Path folder, Image image, Database database) {
        return new BoutiqueTarget(
                "boutique", "our services, as in their image", DATABASE, Map.of(), root, folder, image, database);
    }

    /** The same without metrics, to measure what they cost. */
    static BoutiqueTarget withoutMetrics(Path root, Path folder, Image image, Database database) {
        return new BoutiqueTarget(
                "no-metrics",
                "our services, as in their image, but without metrics",
                "services_without_metrics",
                Map.of("MANAGEMENT_METRICS_ENABLE_ALL", "false"),
                root,
                folder,
                image,
                database);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description + (Image.hasAotCache() ? "" : ", without the AOT cache");
    }

    @Override
    public Service host(Service service) {
        return service;
    }

    @Override
    public ServerProcess start(Service service, String inventoryUrl) {
        image.build(jar(service), folder.resolve(service.folder()));
        ServerProcess process = image.start(folder.resolve(service.folder()), environment(inventoryUrl), "/readyz");
        if (service == Service.INVENTORY) {
            createProducts(process.url());
        }
        return process;
    }

    /** Starts another inventory as in the image. {@link #start} must have started one before. */
    ServerProcess startInventoryFromImage() {
        return image.start(folder.resolve(Service.INVENTORY.folder()), environment(""), A_PRODUCT);
    }

    /** Starts another inventory with {@code java -jar}, without any option. */
    ServerProcess startInventoryFromJar() {
        return ServerProcess.start(
                root,
                environment(""),
                List.of(Image.java(), "-jar", jar(Service.INVENTORY).toString()),
                A_PRODUCT);
    }

    private Map<String, String> environment(String inventoryUrl) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("BIND_ADDRESS", "127.0.0.1");
        environment.put("DATABASE_URL", database.url(databaseName));
        environment.put("INVENTORY_SERVICE_URL", inventoryUrl);
        return environment;
    }

    private Path jar(Service service) {
        Path target = root.resolve("implementations").resolve(service.folder()).resolve("target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "boutique-*-exec.jar")) {
            return jars.iterator().next();
        } catch (IOException | RuntimeException missing) {
            throw new BenchmarkFailure(target + " has no executable jar. Run without --skip-build.", missing);
        }
    }

    private static void createProducts(String url) {
        HttpClient client = HttpClient.newHttpClient();
        try {
            for (int number = 1; number <= PRODUCTS; number++) {
                String body = "{\"productId\":\"product-%04d\",\"name\":\"Product %1$d\",\"stockLevel\":1000000000}"
                        .formatted(number);
                var response = client.send(
                        HttpRequest.newBuilder(URI.create(url + "/inventory"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
                if (response.statusCode() != 201) {
                    throw new BenchmarkFailure("The inventory refused a product: " + response.body());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailure("The creation of products was interrupted.", e);
        }
    }
}
