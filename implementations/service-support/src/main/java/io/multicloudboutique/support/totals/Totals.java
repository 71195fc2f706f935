package io.multicloudboutique.support.totals;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Maintains the number of items and the sum of their amounts, so that a read does not have to compute them from all
 * items. A total is stored as several rows, whose sum is its value. A writer updates a row that no other transaction
 * has locked, or inserts a new row if all rows are locked. Writers therefore never wait for each other, and a total has
 * as many rows as it has had concurrent writers. Thread-safe.
 */
public final class Totals {

    /**
     * A query for the current value of the total {@code :total}: one row, with zero items and a zero amount if nothing has
     * been added to it.
     */
    public static final String READ = """
            SELECT coalesce(sum(items), 0)::bigint AS items, coalesce(sum(amount), 0) AS amount
            FROM totals WHERE name = :total
            """;

    private final DatabaseClient database;

    Totals(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The current value of a total.
     *
     * @param items the number of items
     * @param amount the exact sum of the amounts of all items
     */
    public record Total(long items, BigDecimal amount) {}

    /**
     * Adds to a total. Must run in the transaction that changes the items.
     *
     * @param name the name of the total
     * @param items the change in the number of items; may be negative
     * @param amount the change in the sum of the amounts; may be negative
     */
    public Mono<Void> add(String name, long items, BigDecimal amount) {
        if (items == 0 && amount.signum() == 0) {
            return Mono.empty();
        }
        return database.sql("""
                        WITH free AS (
                            SELECT id FROM totals WHERE name = :name LIMIT 1 FOR UPDATE SKIP LOCKED
                        ), added AS (
                            UPDATE totals SET items = items + :items, amount = amount + :amount
                            WHERE id = (SELECT id FROM free)
                        )
                        INSERT INTO totals (name, items, amount)
                        SELECT :name, :items, :amount WHERE NOT EXISTS (SELECT FROM free)
                        """)
                .bind("name", name)
                .bind("items", items)
                .bind("amount", amount)
                .then();
    }

    /** Reads the total of a row that {@link #READ} returns. */
    public static Total total(Readable row) {
        return new Total(row.get("items", Long.class), row.get("amount", BigDecimal.class));
    }
}
