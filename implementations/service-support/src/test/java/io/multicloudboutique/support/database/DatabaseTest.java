package io.multicloudboutique.support.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.support.OneLineStartupFailure;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

/** Tests {@link Database} on a class path without a {@link DatabaseServer}, like the class path of a service jar. */
class DatabaseTest {

    @Test
    void withoutUrlAndServerTheStartFailsWithOneLine() {
        assertThatThrownBy(() -> Database.from(new StandardEnvironment()))
                .satisfies(failure -> Assertions.assertThat(OneLineStartupFailure.describe(failure))
                        .isEqualTo("DATABASE_URL is not set: set it to a PostgreSQL database, "
                                + "postgresql://user:password@host:port/database?sslmode=require. "
                                + "To try the services without your own database, run ./boutique."));
    }
}
