package io.multicloudboutique.support.health;

import io.multicloudboutique.shared.api.HealthApi;
import io.multicloudboutique.shared.api.HealthDto;
import io.multicloudboutique.support.database.Pool;
import io.multicloudboutique.support.database.Transactions;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class HealthController implements HealthApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final String service;
    private final DatabaseClient database;
    private final ApplicationAvailability availability;

    HealthController(String service, DatabaseClient database, ApplicationAvailability availability) {
        this.service = service;
        this.database = database;
        this.availability = availability;
    }

    @Override
    public Mono<ResponseEntity<HealthDto>> getHealth() {
        return databaseAnswers().map(this::response);
    }

    @Override
    public Mono<ResponseEntity<HealthDto>> getLiveness() {
        return Mono.just(response(true));
    }

    @Override
    public Mono<ResponseEntity<HealthDto>> getReadiness() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? getHealth()
                : Mono.just(response(false));
    }

    /** The query reads a table: in a distributed database, the server that has the rows may be another one and be down. */
    private Mono<Boolean> databaseAnswers() {
        // A probe that gives up must not cancel the work, which could leave the only connection of this pool in use for
        // ever.
        return Pool.HEALTH
                .use(Transactions.finish(database.sql("SELECT EXISTS (SELECT FROM totals)")
                        .fetch()
                        .one()))
                .timeout(TIMEOUT)
                .map(row -> true)
                .onErrorReturn(false);
    }

    private ResponseEntity<HealthDto> response(boolean healthy) {
        var now = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
        var status = healthy ? HealthDto.StatusEnum.HEALTHY : HealthDto.StatusEnum.UNHEALTHY;
        return ResponseEntity.status(healthy ? 200 : 503).body(new HealthDto(status, service, now));
    }
}
