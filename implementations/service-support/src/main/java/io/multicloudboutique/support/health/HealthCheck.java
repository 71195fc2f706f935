package io.multicloudboutique.support.health;

import io.multicloudboutique.shared.api.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Tells whether the service can serve: whether its database answers within a second. Thread-safe. */
public final class HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String service;
    private final DatabaseClient database;

    HealthCheck(String service, DatabaseClient database) {
        this.service = service;
        this.database = database;
    }

    /** The answer to {@code GET /health}: 200 or 503. */
    public Mono<ResponseEntity<Health>> answer() {
        return database.sql("SELECT 1")
                .fetch()
                .one()
                .timeout(PATIENCE)
                .map(row -> answer(200, Health.StatusEnum.HEALTHY))
                .onErrorResume(error -> Mono.just(answer(503, Health.StatusEnum.UNHEALTHY)));
    }

    private ResponseEntity<Health> answer(int httpStatus, Health.StatusEnum status) {
        var now = OffsetDateTime.now(Clock.systemUTC()).truncatedTo(ChronoUnit.MILLIS);
        return ResponseEntity.status(httpStatus).body(new Health(status, service, now));
    }
}
