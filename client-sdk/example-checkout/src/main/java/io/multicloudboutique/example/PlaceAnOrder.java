package io.multicloudboutique.example;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.checkout.Checkout;
import io.multicloudboutique.client.checkout.Order;
import io.multicloudboutique.client.checkout.OrderLine;
import io.multicloudboutique.client.checkout.Payments;
import io.multicloudboutique.client.checkout.Receipt;
import java.math.BigDecimal;
import java.util.UUID;

/** Places an order on the platform that ./boutique runs. */
public class PlaceAnOrder {

    public static void main(String[] args) {
        try (var boutique = BoutiqueClient.local()) {
            var receipt = placeAnOrder(boutique);
            System.out.println("Placed: " + receipt.transaction().item() + ", "
                    + receipt.transaction().price());
        }
    }

    public static Receipt placeAnOrder(BoutiqueClient boutique) {
        var orderId = "order-" + UUID.randomUUID(); // your own id; use the same id to try again
        var checkout = Checkout.of(boutique, new PayOnDelivery());
        return checkout.place(Order.of(
                        orderId,
                        OrderLine.food(1, 2), // two of food item 1, at the catalogue's price
                        OrderLine.product("2ZYFJ3GM2N", 1, new BigDecimal("249.00")))
                .withCustomer("Jane Smith"));
    }

    /** The simplest payments: no money is taken online. The Javadoc of Payments states the requirements. */
    static class PayOnDelivery implements Payments {

        @Override
        public void charge(String orderId, BigDecimal amount) {}

        @Override
        public void refund(String orderId) {}
    }
}
