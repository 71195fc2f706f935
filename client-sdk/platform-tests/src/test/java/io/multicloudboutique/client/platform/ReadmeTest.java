package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.accounting.RefundDraft;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.checkout.Checkout;
import io.multicloudboutique.client.checkout.CheckoutException;
import io.multicloudboutique.client.checkout.Order;
import io.multicloudboutique.client.checkout.OrderIdReusedException;
import io.multicloudboutique.client.checkout.OrderLine;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.InsufficientStockException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import io.multicloudboutique.client.inventory.AdjustmentLine;
import io.multicloudboutique.client.inventory.AdjustmentReason;
import io.multicloudboutique.client.inventory.HeldLine;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.ProductQuery;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.StockAdjustment;
import io.multicloudboutique.example.PlaceAnOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the code of the SDK's README, word for word. */
@SharedPlatform
class ReadmeTest {

    private static final Path SDK = Path.of("..");
    private static final Pattern SNIPPET = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private final BoutiqueClient boutique;

    ReadmeTest(Platform platform) {
        boutique = platform.client();
    }

    @Test
    void eachSnippetIsCompiledHereOrInAnotherModule() throws IOException {
        String sources;
        try (var files = Files.walk(SDK)) {
            sources = files.filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("src"))
                    .map(ReadmeTest::linesOf)
                    .collect(Collectors.joining("\n"));
        }
        var snippets = SNIPPET.matcher(Files.readString(SDK.resolve("README.md")))
                .results()
                .map(snippet -> lines(snippet.group(1).lines()))
                .toList();
        assertThat(snippets).hasSizeGreaterThan(9);
        assertThat(snippets)
                .allSatisfy(snippet -> assertThat(sources.contains(snippet))
                        .as("The README snippet is in a source file:%n%s", snippet)
                        .isTrue());
    }

    private static String linesOf(Path file) {
        try (var lines = Files.lines(file)) {
            return lines(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lines(Stream<String> lines) {
        return lines.map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    @Test
    void theFirstExamplePlacesAnOrder() {
        var receipt = PlaceAnOrder.placeAnOrder(boutique);
        assertThat(receipt.transaction().item()).isEqualTo("2 x Pizza Margherita, 1 x Film Camera");
        assertThat(receipt.transaction().price()).isEqualByComparingTo("274.98");
    }

    @Test
    void clients() {
        var key = "a-key";
        try (var boutique = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.FOOD, "https://food.shop.example")
                .baseUrl(BoutiqueService.INVENTORY, "https://shop.example/inventory-service")
                .apiKey(key)
                .attemptTimeout(Duration.ofSeconds(3))
                .build()) {
            var patient = boutique.withOptions(options -> options.timeout(Duration.ofMinutes(2)));
            assertThat(patient).isNotNull();
        }
    }

    @Test
    void pages() {
        for (var transaction : boutique.accounting().listTransactions()) {
            System.out.println(transaction.date() + " " + transaction.item());
        }

        var expensive = boutique.furniture().listFurnitureItems().stream()
                .filter(item -> item.price().compareTo(new BigDecimal("500")) > 0)
                .findFirst();

        var toReorder = boutique.inventory()
                .listProducts(ProductQuery.all().withSearchText("film cam").withAvailableBelow(20));

        var november =
                TransactionQuery.all().withFrom(LocalDate.of(2026, 11, 1)).withTo(LocalDate.of(2026, 12, 1));
        var sum = boutique.accounting().listTransactions(november).first().summary();
        assertThat(expensive).isPresent();
        assertThat(toReorder).allMatch(product -> product.name().equals("Film Camera"));
        assertThat(sum.totalAmount()).isNotNegative();
    }

    @Test
    void errors() {
        var productId = "P" + UUID.randomUUID();
        boutique.inventory().createProduct(ProductDraft.of(productId, "City Bike", 1));
        var cart = ReservationDraft.of(List.of(ReservationLine.of(productId, 2)));
        var messages = new ArrayList<String>();
        try {
            boutique.inventory().createReservation(cart);
        } catch (InsufficientStockException e) {
            e.shortages()
                    .forEach(shortage -> messages.add(shortage.productId() + ": " + shortage.available() + " left"));
        } catch (NotFoundException e) {
            messages.add("This product does not exist.");
        } catch (BoutiqueException e) {
            messages.add("Please try again later. If you contact us, quote " + e.requestId() + ".");
        }
        assertThat(messages).containsExactly(productId + ": 1 left");
    }

    @Test
    void changesByOthers() {
        var productId = "P" + UUID.randomUUID();
        boutique.inventory().createProduct(ProductDraft.of(productId, "City Bike", 1));
        while (true) {
            var product = boutique.inventory().getProduct(productId);
            var more = ProductChange.none().withStockLevel(product.stockLevel() + 10);
            try {
                boutique.inventory()
                        .updateProduct(
                                productId,
                                more,
                                RequestOptions.none().withIfMatch(product.etag().orElseThrow()));
                break;
            } catch (PreconditionFailedException e) {
                // Someone else has changed the product, so read it again.
            }
        }
        assertThat(boutique.inventory().getProduct(productId).stockLevel()).isEqualTo(11);

        var delivery = StockAdjustment.of(List.of(AdjustmentLine.of(productId, 25)), AdjustmentReason.RECEIVED)
                .withReference("delivery-2217");
        boutique.inventory().adjustStock(delivery);
        assertThat(boutique.inventory().getProduct(productId).stockLevel()).isEqualTo(36);
    }

    @Test
    void oneEffect() {
        var productId = "P" + UUID.randomUUID();
        boutique.inventory().createProduct(ProductDraft.of(productId, "City Bike", 5));
        var cart = ReservationDraft.of(List.of(ReservationLine.of(productId, 2)));
        var key = RequestOptions.none().withIdempotencyKey("cart-4711");
        var first = boutique.inventory().createReservation(cart, key);
        var again = boutique.inventory().createReservation(cart, key); // the same hold, not a second one
        assertThat(again).isEqualTo(first);
    }

    @Test
    void optionsOfACall() {
        var productId = "P" + UUID.randomUUID();
        boutique.inventory().createProduct(ProductDraft.of(productId, "City Bike", 5));
        var cart = ReservationDraft.of(List.of(ReservationLine.of(productId, 2)));
        var options = RequestOptions.none()
                .withTimeout(Duration.ofSeconds(5))
                .withIdempotencyKey("cart-" + productId)
                .withHeader("X-Shop", "harbour");
        var reservation = boutique.inventory().createReservation(cart, options);
        assertThat(boutique.inventory().createReservation(cart, options)).isEqualTo(reservation);
    }

    @Test
    void rawResponses() {
        var response = boutique.food().withRawResponse().getFoodItem(1);
        System.out.println(
                response.statusCode() + " " + response.header("RateLimit").orElse("unlimited"));
        System.out.println(response.body());
        var item = response.parse();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(item.name());
        assertThat(item).isEqualTo(boutique.food().getFoodItem(1));
    }

    @Test
    void asynchronousCalls() {
        var async = boutique.async();
        var food = async.food().getFoodItem(1);
        var furniture = async.furniture().getFurnitureItem(1);
        var total = food.thenCombine(furniture, (dish, desk) -> dish.price().add(desk.price()))
                .join();
        assertThat(total).isPositive();

        var names = async.crm()
                .listCustomers()
                .toList()
                .thenApply(customers -> customers.stream()
                        .map(customer -> customer.name() + " " + customer.surname())
                        .toList());
        assertThat(names.join()).contains("John Doe");
    }

    @Test
    void checkout() {
        var payments = new Till();
        var order = Order.of("order-" + UUID.randomUUID(), OrderLine.food(2, 1));
        var checkout = Checkout.of(boutique, payments);
        try {
            var receipt = checkout.place(order);
            System.out.println("Paid: " + receipt.transaction().price());
        } catch (CheckoutException e) {
            if (!e.notUndone().isEmpty()) {
                // Place the order again later with the same id: from a queue, or when the customer returns.
            }
            throw e;
        } catch (OrderIdReusedException e) {
            // Another cart already has this id, see e.transactionId() and e.reservationId().
        }
        assertThat(payments.taken()).isEqualTo(1);
    }

    @Test
    void aPlacedOrderIsRefundedOnce() {
        var productId = "P" + UUID.randomUUID();
        boutique.inventory().createProduct(ProductDraft.of(productId, "City Bike", 5));
        var payments = new Till();
        var order = Order.of("order-" + UUID.randomUUID(), OrderLine.product(productId, 2, new BigDecimal("499.00")));
        var checkout = Checkout.of(boutique, payments);
        var receipt = checkout.place(order);
        for (var attempt = 0; attempt < 2; attempt++) {
            var accounting = boutique.accounting();
            if (accounting.getTransaction(receipt.transaction().id()).refunded().isEmpty()) {
                accounting.refundTransaction(
                        receipt.transaction().id(), RefundDraft.of().withReference("refund-" + receipt.orderId()));
            }
            receipt.reservation().ifPresent(held -> boutique.inventory().returnReservation(held.reservationId()));
            payments.refund(receipt.orderId());
        }
        var refunded = checkout.place(order);
        assertThat(refunded.transaction().refunded().orElseThrow()).isEqualByComparingTo("998");
        assertThat(refunded.reservation().orElseThrow().returnedLines())
                .containsExactly(new HeldLine(productId, 2, Map.of()));
        assertThat(boutique.inventory().getProduct(productId).stockLevel()).isEqualTo(5);
        assertThat(payments.paid(order.id())).isZero();
        assertThat(payments.returned()).isEqualTo(1);
    }
}
