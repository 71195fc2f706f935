package io.multicloudboutique.benchmarks.plain;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Records metrics and transactions. */
@RestController
class LedgerController {

    record MetricDraft(
            @NotBlank @Size(max = 200) String transactionType,
            @NotNull @PositiveOrZero BigDecimal durationMs,
            @NotNull Boolean success) {}

    record Metric(String transactionType, BigDecimal durationMs, boolean success, Instant timestamp) {}

    record TransactionDraft(
            @NotBlank @Size(max = 200) String item,
            @NotNull @PositiveOrZero BigDecimal price,
            @NotNull LocalDate date,
            @Size(min = 1, max = 200) String customer) {}

    record Transaction(long id, String item, BigDecimal price, LocalDate date, String customer) {}

    private final DatabaseClient database;

    LedgerController(DatabaseClient database) {
        this.database = database;
    }

    @PostMapping("/metrics")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Metric> record(@Valid @RequestBody MetricDraft draft) {
        return database.sql("""
                        INSERT INTO metrics (transaction_type, duration, success) VALUES (:type, :duration, :success)
                        RETURNING transaction_type, duration, success, recorded_at
                        """)
                .bind("type", draft.transactionType())
                .bind("duration", draft.durationMs())
                .bind("success", draft.success())
                .map(row -> new Metric(
                        row.get("transaction_type", String.class),
                        row.get("duration", BigDecimal.class),
                        row.get("success", Boolean.class),
                        row.get("recorded_at", OffsetDateTime.class).toInstant()))
                .one();
    }

    @PostMapping("/transactions")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Transaction> record(@Valid @RequestBody TransactionDraft draft) {
        var statement = database.sql("""
                        INSERT INTO transactions (item, price, date, customer) VALUES (:item, :price, :date, :customer)
                        RETURNING id, item, price, date, customer
                        """)
                .bind("item", draft.item())
                .bind("price", draft.price())
                .bind("date", draft.date());
        statement = draft.customer() == null
                ? statement.bindNull("customer", String.class)
                : statement.bind("customer", draft.customer());
        return statement
                .map(row -> new Transaction(
                        row.get("id", Long.class),
                        row.get("item", String.class),
                        row.get("price", BigDecimal.class),
                        row.get("date", LocalDate.class),
                        row.get("customer", String.class)))
                .one();
    }
}
