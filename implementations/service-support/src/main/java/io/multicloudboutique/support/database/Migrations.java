package io.multicloudboutique.support.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Migrates the schema as the first step of the lifecycle, after all beans have been created. A service that cannot start
 * because of its settings therefore changes nothing in the database.
 *
 * <p>A migration waits for a lock for a short time only, and then tries again, because all statements of the instances that
 * still serve wait behind it.
 */
final class Migrations implements SmartLifecycle {

    /** With the time that Flyway waits for a lock, this is about two minutes. */
    private static final int MAX_ATTEMPTS = 80;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    private final Flyway flyway;
    private volatile boolean done;

    Migrations(Flyway flyway) {
        this.flyway = flyway;
    }

    @Override
    public void start() {
        for (int attempt = 1; !done; attempt++) {
            try {
                flyway.migrate();
                done = true;
            } catch (FlywayException e) {
                if (attempt == MAX_ATTEMPTS || !lockTimedOut(e)) {
                    throw e;
                }
                log.info("The schema migration waits for a lock. Trying again.");
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean lockTimedOut(Throwable error) {
        return error instanceof SQLException sql && SqlStates.LOCK_NOT_AVAILABLE.equals(sql.getSQLState())
                || error.getCause() != null && lockTimedOut(error.getCause());
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
