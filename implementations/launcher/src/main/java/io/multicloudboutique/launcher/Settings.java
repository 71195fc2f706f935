package io.multicloudboutique.launcher;

import io.multicloudboutique.support.StartupRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * What a person may set. Immutable.
 *
 * @param services the services to start; by default all
 * @param portBase {@code BOUTIQUE_PORT_BASE}, by default 8080: the port of the start page; the services listen on the six after it
 * @param dataFolder {@code BOUTIQUE_DATA_DIR}, by default {@code .boutique} in the working directory
 * @param ownDatabase whether {@code DATABASE_URL} is set; by default an embedded PostgreSQL is started
 */
record Settings(Set<Service> services, int portBase, Path dataFolder, boolean ownDatabase) {

    private static final int HIGHEST_BASE = 65535 - 6;

    /** @throws StartupRefused if they cannot be meant */
    static Settings from(List<String> arguments, Map<String, String> environment) {
        return new Settings(
                Service.named(arguments),
                portBase(textOr("8080", environment.get("BOUTIQUE_PORT_BASE"))),
                Path.of(textOr(".boutique", environment.get("BOUTIQUE_DATA_DIR")))
                        .toAbsolutePath()
                        .normalize(),
                StringUtils.hasText(environment.get("DATABASE_URL")));
    }

    private static String textOr(String otherwise, @Nullable String value) {
        return StringUtils.hasText(value) ? value : otherwise;
    }

    private static int portBase(String value) {
        if (value.matches("[0-9]{1,5}")) {
            var base = Integer.parseInt(value);
            if (base >= 1 && base <= HIGHEST_BASE) {
                return base;
            }
        }
        throw new StartupRefused("BOUTIQUE_PORT_BASE has to be a number from 1 to " + HIGHEST_BASE
                + ": the start page listens there and the services on the six ports after it.");
    }
}
