package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.multicloudboutique.support.problem.ProblemHandler;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Isolated("the start of another service would reset the log that a test captures")
class OutageTest {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    @Test
    void databaseOutageReturns503AndTheServiceRecovers() {
        var client = inventory.client();
        client.get("/health").expect(200);
        client.get("/readyz").expect(200);

        inventory.database().refuseConnections();
        assertThat(client.get("/inventory").expectProblem(503, "unavailable").header("Retry-After"))
                .isEqualTo("1");
        client.post("/inventory/OLJCESPC7Z/reserve").expectProblem(503, "unavailable");
        assertThat(client.get("/health").expect(503).json().path("status").asString())
                .isEqualTo("unhealthy");
        client.get("/readyz").expect(503);
        client.get("/livez").expect(200);

        inventory.database().acceptConnections();
        // The pool may still hand out a connection that the outage has broken.
        await().untilAsserted(() -> client.get("/inventory").expect(200));
        assertThat(client.get("/health").expect(200).json().path("service").asString())
                .isEqualTo("inventory");
    }

    /** Repeating a request that the database refuses for good would only add load. */
    @ParameterizedTest
    @Tag(TestDatabase.OWN_SERVER) // creates a trigger, which the services do not use and an engine may refuse
    @ValueSource(strings = {"0A000", "25P02", "42501", "42P01", "54000", "P0001", "XX000"})
    void aPermanentErrorOfTheDatabaseIsInternalAndItsCauseIsLogged(String sqlState) {
        var logged = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger(ProblemHandler.class);
        logged.start();
        log.addAppender(logged);
        try (var failing = failWith(sqlState)) {
            var answer = createProduct().expectProblem(500, "internal");

            assertThat(answer.header("Retry-After")).isEmpty();
            assertThat(logged.list).anySatisfy(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                assertThat(event.getThrowableProxy().getCause().getMessage()).contains("on purpose");
            });
        } finally {
            log.detachAppender(logged);
        }
    }

    @ParameterizedTest
    @Tag(TestDatabase.OWN_SERVER) // creates a trigger, which the services do not use and an engine may refuse
    @ValueSource(strings = {"08006", "25006", "25P03", "40001", "53100", "53300", "55P03", "57014", "57P01", "58030"})
    void aTemporaryErrorOfTheDatabaseReturns503(String sqlState) {
        try (var failing = failWith(sqlState)) {
            assertThat(createProduct().expectProblem(503, "unavailable").header("Retry-After"))
                    .isNotEmpty();
        }
    }

    private static ContractClient.Call createProduct() {
        return inventory
                .client()
                .post("/inventory")
                .json("{\"productId\": \"NEW\", \"name\": \"New\", \"stockLevel\": 1}");
    }

    /** Lets the database refuse each new product, until the returned trigger is closed. */
    private static Failing failWith(String sqlState) {
        inventory.database().execute("""
                CREATE OR REPLACE FUNCTION inventory.fail() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '%s'; END$$;
                CREATE TRIGGER fail BEFORE INSERT ON inventory.products EXECUTE FUNCTION inventory.fail();
                """.formatted(sqlState));
        return () -> inventory.database().execute("DROP TRIGGER fail ON inventory.products");
    }

    private interface Failing extends AutoCloseable {

        @Override
        void close();
    }
}
