package io.multicloudboutique.client.platform;

import static org.awaitility.Awaitility.await;

import io.multicloudboutique.launcher.RunningLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A real nginx with the configuration of Debian's package, which serves HTTP/1.1 and HTTP/2 with TLS on a free port and
 * forwards path prefixes to services. Thread-safe.
 */
final class Nginx implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final int port;
    private final SSLContext trust;
    private final Process process;

    private Nginx(Path folder, int port, SSLContext trust, Process process) {
        this.folder = folder;
        this.port = port;
        this.trust = trust;
        this.process = process;
    }

    /**
     * Starts nginx, and returns when it listens. The caller must close it.
     *
     * @param installation the folder with the files of Debian's package, {@code /} if the package is installed
     * @param upstreams the base URL of the service for each path prefix, such as {@code /food}
     */
    static Nginx start(Path installation, Map<String, String> upstreams) throws Exception {
        var folder = Files.createTempDirectory("boutique-nginx");
        try {
            var port = RunningLauncher.freePortBase();
            var trust = certificate(folder);
            var nginx = new Nginx(
                    folder, port, trust, run(installation, configured(installation, folder, port, upstreams)));
            try {
                await().until(nginx::listens);
            } catch (RuntimeException failed) {
                nginx.close();
                throw new IllegalStateException("nginx did not start:\n" + nginx.log(), failed);
            }
            return nginx;
        } catch (Exception failed) {
            FileSystemUtils.deleteRecursively(folder);
            throw failed;
        }
    }

    private static Process run(Path installation, Path configuration) throws IOException {
        var output = configuration.resolveSibling("output.log").toFile();
        return new ProcessBuilder(
                        installation.resolve("usr/sbin/nginx").toString(),
                        "-p",
                        configuration.getParent().toString(),
                        "-c",
                        configuration.toString(),
                        "-g",
                        "daemon off;")
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    /** Copies Debian's configuration, changes only the folders, and adds a site. */
    private static Path configured(Path installation, Path folder, int port, Map<String, String> upstreams)
            throws IOException {
        FileSystemUtils.copyRecursively(installation.resolve("etc/nginx"), folder);
        FileSystemUtils.deleteRecursively(folder.resolve("sites-enabled"));
        FileSystemUtils.deleteRecursively(folder.resolve("modules-enabled"));
        Files.createDirectories(folder.resolve("sites-enabled"));
        var configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replace("/var/log/nginx/", folder + "/")
                        .replace("/run/nginx.pid", folder.resolve("nginx.pid").toString())
                        .replace("/etc/nginx/", folder + "/"));
        Files.writeString(
                folder.resolve("conf.d/folders.conf"),
                List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                        .map(kind -> kind + "_temp_path " + folder.resolve(kind) + ";\n")
                        .collect(Collectors.joining()));
        Files.writeString(folder.resolve("sites-enabled/boutique"), """
                server {
                    listen 127.0.0.1:%d ssl http2;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                %s}
                """.formatted(
                        port,
                        folder.resolve("certificate.pem"),
                        folder.resolve("key.pem"),
                        upstreams.entrySet().stream()
                                .map(upstream -> "    location %s/ { proxy_pass %s/; }\n"
                                        .formatted(upstream.getKey(), upstream.getValue()))
                                .collect(Collectors.joining())));
        return configuration;
    }

    /** Writes a new certificate and its key to the folder, and returns a context that trusts it. */
    private static SSLContext certificate(Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        var file = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "nginx",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed with " + keytool.exitValue());
        }
        var keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        var certificate = keys.getCertificate("nginx");
        pem(folder.resolve("certificate.pem"), "CERTIFICATE", certificate.getEncoded());
        pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("nginx", PASSWORD.toCharArray()).getEncoded());

        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("nginx", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("nginx ended with " + process.exitValue());
        }
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String url() {
        return "https://127.0.0.1:" + port;
    }

    /** A context that trusts the certificate of this nginx alone. */
    SSLContext trust() {
        return trust;
    }

    /** The errors that nginx has logged so far. */
    String log() {
        try {
            var log = new StringBuilder();
            for (var name : List.of("output.log", "error.log")) {
                var file = folder.resolve(name);
                log.append(Files.exists(file) ? Files.readString(file) : "");
            }
            return log.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
