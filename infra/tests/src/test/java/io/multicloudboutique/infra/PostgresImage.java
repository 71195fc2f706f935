package io.multicloudboutique.infra;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL image that compose.yaml names. If no registry provides the image, this class builds a substitute from
 * the binaries of the embedded PostgreSQL.
 */
final class PostgresImage {

    private static final String OFFICIAL = "postgres:18";
    private static final String SUBSTITUTE = "boutique-infra-tests-postgres";

    private PostgresImage() {}

    static String name() {
        if (Command.run("docker", "image", "inspect", OFFICIAL).exitCode() == 0
                || Command.run("docker", "pull", "--quiet", OFFICIAL).exitCode() == 0) {
            return OFFICIAL;
        }
        try {
            var context = Files.createTempDirectory("postgres-image");
            fill(context);
            Command.run("docker", "build", "--quiet", "--tag", SUBSTITUTE, context.toString())
                    .orFail();
            Command.run("rm", "-r", context.toString()).orFail();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SUBSTITUTE;
    }

    private static void fill(Path context) throws IOException {
        for (var file : List.of("Dockerfile", "entrypoint", "psql", "pg_isready")) {
            try (var in = Objects.requireNonNull(PostgresImage.class.getResourceAsStream("/postgres/" + file))) {
                Files.copy(in, context.resolve(file));
            }
            context.resolve(file).toFile().setExecutable(true, false);
        }
        Files.createDirectory(context.resolve("data"));
        var lib = Files.createDirectory(context.resolve("lib"));
        try (var programs = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                        System.getProperty("os.name"), System.getProperty("os.arch"));
                var tar = new XZInputStream(programs)) {
            Files.copy(tar, context.resolve("postgres.tar"));
        }
        // C++ libraries that PostgreSQL needs and that the JRE image may lack.
        for (var library : List.of("libstdc++.so.6", "libgcc_s.so.1")) {
            Files.copy(ofThisMachine(library), lib.resolve(library));
        }
    }

    private static Path ofThisMachine(String library) {
        var machine = System.getProperty("os.arch").replace("amd64", "x86_64");
        return Stream.of("/usr/lib/%s-linux-gnu".formatted(machine), "/usr/lib64", "/usr/lib")
                .map(folder -> Path.of(folder, library))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This machine has no " + library));
    }
}
