package io.multicloudboutique.support.totals;

import java.math.BigDecimal;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * How many items there are and what they add up to, without counting them. A total is the sum of a few rows; who adds to it
 * takes one that no other transaction has in hand, or makes another one. So nobody waits, and there are as many rows as there
 * have been writers at the same time. Thread-safe.
 */
public final class Totals {

    private final DatabaseClient database;

    Totals(DatabaseClient database) {
        this.database = database;
    }

    /**
     * @param items how many there are
     * @param amount the sum of something about each of them, exact
     */
    public record Total(long items, BigDecimal amount) {}

    /**
     * Adds to a total, in the transaction of the change that it is about.
     *
     * @param name of the total
     * @param items how many more there are, or fewer if it is negative
     * @param amount how much more they add up to
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

    /** A total as of now; nothing at all if nobody added to it. */
    public Mono<Total> of(String name) {
        return database.sql("""
                        SELECT coalesce(sum(items), 0)::bigint AS items, coalesce(sum(amount), 0) AS amount
                        FROM totals WHERE name = :name
                        """)
                .bind("name", name)
                .map(row -> new Total(row.get("items", Long.class), row.get("amount", BigDecimal.class)))
                .one();
    }
}
