package io.multicloudboutique.client.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class OrderTest {

    /** The services store fingerprints for years, so another version of the SDK must compute the same ones. */
    @Test
    void theFingerprintOfACartNeverChanges() {
        var order = Order.of(
                "order-1",
                OrderLine.product("2ZYFJ3GM2N", 1, new BigDecimal("249")),
                OrderLine.food(1, 2),
                OrderLine.furniture(3, 1),
                OrderLine.product("2ZYFJ3GM2N", 3, new BigDecimal("249.000")));
        assertThat(order.fingerprint()).isEqualTo("9YmjRBuTOplsC_DwAltVz_qWTaSbaiZZ6t8YIIvHF2I");
        assertThat(order.withCustomer("Jane Smith").fingerprint()).isEqualTo(order.fingerprint());
    }
}
