package io.multicloudboutique.support.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.testing.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(EmptyService.class, "food");

    private static final String SCHEMA = "migrations_test";

    @TempDir
    Path migrations;

    @BeforeEach
    @AfterEach
    void dropTheSchema() {
        service.database().execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
    }

    @Test
    void aMigrationThatWaitsForALockGivesWayAndTriesAgain() throws Exception {
        Files.writeString(migrations.resolve("V1__create_a_table.sql"), "CREATE TABLE rows (id int);");
        next().start();
        Files.writeString(migrations.resolve("V2__add_a_column.sql"), "ALTER TABLE rows ADD COLUMN note text;");

        try (var reader = service.database().connect()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT * FROM migrations_test.rows");
            var migration = CompletableFuture.runAsync(next()::start);
            await().until(() -> service.database()
                    .value("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE rows%'"
                            + " AND wait_event_type = 'Lock'")
                    .equals(1L));
            service.database()
                    .execute(
                            "SET statement_timeout = '10s'; SELECT * FROM migrations_test.rows; RESET statement_timeout");
            assertThat(migration).isNotDone();
            reader.commit();
            migration.get(20, TimeUnit.SECONDS);
        }

        assertThat(service.database().value("SELECT count(note) FROM migrations_test.rows"))
                .isEqualTo(0L);
    }

    private Migrations next() {
        var url = DatabaseUrl.parse(service.database().url());
        return new Migrations(DatabaseAutoConfiguration.flyway(url, SCHEMA, "filesystem:" + migrations));
    }
}
