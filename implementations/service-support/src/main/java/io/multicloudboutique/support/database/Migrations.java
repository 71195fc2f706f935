package io.multicloudboutique.support.database;

import org.flywaydb.core.Flyway;
import org.springframework.context.SmartLifecycle;

/**
 * Migrates the schema when the service starts, first of all that starts, and not when its beans are made: until then no database
 * is needed, so that an image can be built without one, whose JVM learns from a start that ends there.
 */
final class Migrations implements SmartLifecycle {

    private final Flyway flyway;
    private volatile boolean done;

    Migrations(Flyway flyway) {
        this.flyway = flyway;
    }

    @Override
    public void start() {
        flyway.migrate();
        done = true;
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
