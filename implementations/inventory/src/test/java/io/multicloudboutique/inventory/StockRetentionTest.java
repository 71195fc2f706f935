package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StockRetentionTest {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    @Test
    void oldMovementsEndedReservationsAndExpiredKeysAreDeleted() {
        inventory.database().execute("""
                INSERT INTO inventory.movements (product_id, kind, stock_delta, reserved_delta, created_at)
                SELECT '2ZYFJ3GM2N', 'reserve', 0, 1, now() - interval '91 days' FROM generate_series(1, 2500);

                INSERT INTO inventory.reservations (reservation_id, status, created_at, expires_at, returned)
                SELECT lpad(i::text, 32, '0')::uuid, CASE i WHEN 1 THEN 'active' ELSE 'confirmed' END,
                    now() - interval '91 days', now() + interval '1 day', CASE i WHEN 2 THEN ARRAY[1] END
                FROM generate_series(1, 1500) i;

                INSERT INTO inventory.reservation_lines (reservation_id, product_id, quantity)
                SELECT reservation_id, '2ZYFJ3GM2N', 1 FROM inventory.reservations;

                INSERT INTO inventory.idempotency_keys (caller, method, path, key, fingerprint, created_at, expires_at)
                SELECT '', 'POST', '/inventory/2ZYFJ3GM2N/reserve', i::text, '',
                    now() - interval '25 hours', now() - interval '1 hour'
                FROM generate_series(1, 2500) i
                """);

        inventory.restart("boutique.retention.movements=90d", "boutique.retention.reservations=90d");

        await().untilAsserted(() -> {
            assertThat(count("movements WHERE product_id = '2ZYFJ3GM2N'")).isEqualTo(1);
            assertThat(count("reservations")).isEqualTo(1);
            assertThat(count("reservation_lines")).isEqualTo(1);
            assertThat(count("idempotency_keys")).isZero();
        });
    }

    private static long count(String rows) {
        return ((Number) inventory.database().value("SELECT count(*) FROM inventory." + rows)).longValue();
    }
}
