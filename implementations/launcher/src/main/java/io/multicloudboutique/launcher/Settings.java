package io.multicloudboutique.launcher;

import io.multicloudboutique.support.StartupRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The launcher's settings, from its arguments and from environment variables. Immutable.
 *
 * @param services the services to start; all by default
 * @param portBase {@code BOUTIQUE_PORT_BASE}: the port of the start page, 8080 by default; the services listen on the
 *     six ports after it, and their management servers on the ports that are higher by 1000
 * @param dataFolder {@code BOUTIQUE_DATA_DIR}: the folder of the embedded database and of the log, {@code .boutique} in
 *     the working directory by default
 * @param ownDatabase whether {@code DATABASE_URL} is set; otherwise the launcher starts an embedded PostgreSQL
 */
record Settings(Set<Service> services, int portBase, Path dataFolder, boolean ownDatabase) {

    private static final int HIGHEST_BASE = 65535 - 6 - Service.MANAGEMENT_OFFSET;

    /**
     * Reads the settings.
     *
     * @throws StartupRefused if an argument is not the name of a service, or {@code BOUTIQUE_PORT_BASE} is out of range
     */
    static Settings from(List<String> arguments, Map<String, String> environment) {
        return new Settings(
                Service.named(arguments),
                portBase(textOr("8080", environment.get("BOUTIQUE_PORT_BASE"))),
                Path.of(textOr(".boutique", environment.get("BOUTIQUE_DATA_DIR")))
                        .toAbsolutePath()
                        .normalize(),
                StringUtils.hasText(environment.get("DATABASE_URL")));
    }

    private static String textOr(String defaultValue, @Nullable String value) {
        return StringUtils.hasText(value) ? value : defaultValue;
    }

    private static int portBase(String value) {
        if (value.matches("[0-9]{1,5}")) {
            var base = Integer.parseInt(value);
            if (base >= 1 && base <= HIGHEST_BASE) {
                return base;
            }
        }
        throw new StartupRefused("BOUTIQUE_PORT_BASE must be a number from 1 to " + HIGHEST_BASE
                + ": the start page listens on this port, the services on the six ports after it, and their management servers on the ports that are higher by "
                + Service.MANAGEMENT_OFFSET + ".");
    }
}
