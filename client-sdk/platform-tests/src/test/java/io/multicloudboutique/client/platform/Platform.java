package io.multicloudboutique.client.platform;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueClientBuilder;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.launcher.RunningLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * The six real services and their real database, on free ports and with fresh data. The start takes seconds, so tests
 * that need no special settings share one platform, see {@link SharedPlatform}. Thread-safe.
 */
final class Platform implements AutoCloseable {

    private final Path dataFolder;
    private final RunningLauncher launcher;
    private final BoutiqueClient client;

    private Platform(Path dataFolder, RunningLauncher launcher) {
        this.dataFolder = dataFolder;
        this.launcher = launcher;
        client = builder().build();
    }

    /**
     * Starts a platform, and returns when all services are ready and food and accounting reach their upstream services.
     * The caller must close the platform.
     */
    static Platform start() {
        var platform = start(Map.of());
        try {
            platform.launcher.awaitUpstreams();
        } catch (RuntimeException failed) {
            platform.close();
            throw failed;
        }
        return platform;
    }

    /**
     * Starts a platform, and returns when all services are ready. The caller must close the platform.
     *
     * @param settings environment variables of the launcher, such as {@code BOUTIQUE_SECURITY_MODE}
     */
    static Platform start(Map<String, String> settings) {
        try {
            var dataFolder = Files.createTempDirectory("boutique-platform");
            try {
                return new Platform(
                        dataFolder, RunningLauncher.up(RunningLauncher.freePortBase(), dataFolder, settings));
            } catch (RuntimeException failed) {
                FileSystemUtils.deleteRecursively(dataFolder);
                throw failed;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that the services have logged so far. */
    List<String> log() {
        try {
            return Files.readAllLines(dataFolder.resolve("boutique.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of the start page. The services listen on the six ports after it. */
    int portBase() {
        return launcher.portBase();
    }

    int port(BoutiqueService service) {
        return portBase() + 1 + service.ordinal();
    }

    /** The base URL of a service. */
    String url(BoutiqueService service) {
        return "http://127.0.0.1:" + port(service);
    }

    /** A client of all six services with the SDK's defaults. All tests share the client, and the platform closes it. */
    BoutiqueClient client() {
        return client;
    }

    /** A builder of clients of all six services with other options. The test must close its clients. */
    BoutiqueClientBuilder builder() {
        return BoutiqueClient.builder().local(portBase());
    }

    @Override
    public void close() {
        client.close();
        launcher.close();
        try {
            FileSystemUtils.deleteRecursively(dataFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
