package io.multicloudboutique.openapi;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The folders into which the build copies the contracts and the fixtures. */
final class Resources {

    static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(Resources.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Resources() {}
}
