package io.multicloudboutique.support.database;

import org.flywaydb.core.Flyway;
import org.springframework.context.SmartLifecycle;

/**
 * Migrates the schema as the first step of the lifecycle, after all beans have been created. Creating the beans
 * therefore needs no database. The image build relies on this: its training run for the JVM's AOT cache ends when the
 * beans exist, and has no database.
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
