package io.multicloudboutique.support.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.support.OneLineStartupFailure;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

/** This module's class path has no {@link DatabaseServer}, as that of a service jar. */
class DatabaseTest {

    @Test
    void withoutUrlAndWithoutServerTheReasonIsOneLine() {
        assertThatThrownBy(() -> Database.from(new StandardEnvironment()))
                .satisfies(failure -> Assertions.assertThat(OneLineStartupFailure.describe(failure))
                        .isEqualTo("DATABASE_URL is not set: set it to a PostgreSQL database, "
                                + "postgresql://user:password@host:port/database?sslmode=require. "
                                + "To try the service without one, use ./boutique."));
    }
}
