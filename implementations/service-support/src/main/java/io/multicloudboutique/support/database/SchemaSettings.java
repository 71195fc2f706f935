package io.multicloudboutique.support.database;

import io.multicloudboutique.support.StartupRefused;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The setting of the name of a service's schema. With prefixes, several shops share a database, and a distributed
 * PostgreSQL stores their schemas on different nodes.
 *
 * @param prefix {@code BOUTIQUE_SCHEMA_PREFIX}: what the name of the schema has before the service's name; nothing by
 *     default
 */
@ConfigurationProperties("boutique.schema")
record SchemaSettings(@DefaultValue("") String prefix) {

    /** Needs no quotes, and leaves room for the service's name in PostgreSQL's 63 bytes. PostgreSQL reserves "pg_". */
    private static final Pattern VALID = Pattern.compile("|(?!pg_)[a-z][a-z0-9_]{0,39}");

    /**
     * Returns the name of a service's schema.
     *
     * @throws StartupRefused if the prefix is not valid
     */
    String nameFor(String service) {
        if (!VALID.matcher(prefix).matches()) {
            throw new StartupRefused(
                    "BOUTIQUE_SCHEMA_PREFIX must be at most 40 lower-case letters, digits and underscores, "
                            + "begin with a letter, and not begin with pg_.");
        }
        return prefix + service;
    }
}
