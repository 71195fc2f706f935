package io.multicloudboutique.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.TestDatabase;

/** Checks the stored refunds. */
final class Refunds {

    private Refunds() {}

    /** Checks that each transaction states the sum of its refunds. */
    static void assertComplete(TestDatabase accounting) {
        assertThat(accounting.rows("""
                        SELECT * FROM accounting.transactions t LEFT JOIN (
                            SELECT refund_of, -sum(price) AS amount FROM accounting.transactions GROUP BY refund_of
                        ) AS refunds ON refunds.refund_of = t.id
                        WHERE t.refunded <> coalesce(amount, 0)
                        """)).isEmpty();
    }
}
