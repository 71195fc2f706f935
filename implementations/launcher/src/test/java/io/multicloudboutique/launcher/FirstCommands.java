package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.ContractClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The curl commands of the system's original description, {@code first-commands.md}, in their original order. Only the
 * hosts are replaced. The class is public, because the infrastructure tests use it, too.
 */
public final class FirstCommands {

    private static final Map<String, String> HOSTS = Map.of(
            "<azure-ip>:8080", "analytics",
            "<gcp-ip>:8080", "crm",
            "$INVENTORY_PSC_IP:8080", "inventory",
            "$FURNITURE_IP:8080", "furniture",
            "$FOOD_URL", "food",
            "$ACCOUNTING_URL", "accounting");

    private final Function<String, URI> urls;
    private final Iterator<CurlCommand> commands;

    private FirstCommands(Function<String, URI> urls, Iterator<CurlCommand> commands) {
        this.urls = urls;
        this.commands = commands;
    }

    /**
     * Runs all commands on fresh data and checks the responses. Food and accounting must already reach their upstream
     * services.
     *
     * @param urls returns the base URL of the service with this name
     */
    public static void run(Function<String, URI> urls) {
        var all = CurlCommand.allIn(document());
        assertThat(all).hasSize(27);
        var commands = new FirstCommands(urls, all.iterator());
        commands.analytics();
        commands.crm();
        commands.inventory();
        commands.furniture();
        commands.food();
        commands.accounting();
        assertThat(commands.commands.hasNext()).isFalse();
        for (var service : HOSTS.values()) {
            var health = commands.client(service).get("/health").expect(200).json();
            assertThat(health.path("status").asString()).isEqualTo("healthy");
            assertThat(health.path("service").asString()).isEqualTo(service);
        }
    }

    private void analytics() {
        var metrics = next(200);
        assertThat(metrics.path("summary").toString())
                .isEqualTo("{\"totalTransactions\":2,\"successCount\":1,\"failureCount\":1,\"averageDurationMs\":148,"
                        + "\"p50DurationMs\":85,\"p95DurationMs\":210,\"p99DurationMs\":210}");
        assertThat(metrics.path("data")).hasSize(2);

        var checkout = next(201);
        assertThat(checkout.path("transactionType").asString()).isEqualTo("checkout");
        assertThat(checkout.path("timestamp").asString()).isNotEmpty();
    }

    private void crm() {
        var customers = next(200);
        assertThat(customers
                        .valueStream()
                        .map(customer -> customer.path("name").asString() + " "
                                + customer.path("surname").asString()))
                .containsExactly("Jane Smith", "John Doe");

        var alice = next(201);
        assertThat(alice.path("id").asInt()).isEqualTo(3);
        assertThat(alice.path("surname").asString()).isEqualTo("Johnson");
    }

    private void inventory() {
        assertThat(next(200).path("status").asString()).isEqualTo("healthy");

        var stock = next(200);
        assertThat(stock.path("total").asInt()).isEqualTo(9);
        assertThat(stock.path("data")).hasSize(9);

        var typewriter = next(200);
        assertThat(typewriter.path("name").asString()).isEqualTo("Vintage Typewriter");
        assertThat(typewriter.path("available").asInt()).isEqualTo(42);

        assertThat(next(200).path("reserved").asInt()).as("after reserving 2").isEqualTo(5);
        assertThat(next(200).path("reserved").asInt()).as("after releasing 1").isEqualTo(4);

        var restocked = next(200);
        assertThat(restocked.path("stockLevel").asInt()).isEqualTo(50);
        assertThat(restocked.path("available").asInt()).isEqualTo(46);
    }

    private void furniture() {
        assertThat(names(next(200))).containsExactly("Oak Desk", "Leather Sofa");
        assertThat(next(200).path("price").decimalValue()).isEqualTo("299.99");
        assertThat(next(201).path("id").asInt()).isEqualTo(3);

        var desk = next(200);
        assertThat(desk.path("name").asString()).isEqualTo("Executive Desk");
        assertThat(desk.path("price").decimalValue()).isEqualTo("499.99");
        assertThat(next(200).path("item")).isEqualTo(desk);
    }

    private void food() {
        assertThat(next(200).path("service").asString()).isEqualTo("food");

        var list = next(200);
        assertThat(names(list.path("foodItems")))
                .containsExactly("Pizza Margherita", "Sushi Roll", "Burger Deluxe", "Pad Thai", "Tacos");
        assertThat(list.path("inventoryCheck").path("checked").asBoolean())
                .as(list.toString())
                .isTrue();
        assertThat(list.path("inventoryCheck").path("inventoryItems")).hasSize(9);

        assertThat(next(200).path("price").decimalValue()).isEqualTo("12.99");
        assertThat(next(201).path("id").asInt()).isEqualTo(6);

        var pizza = next(200);
        assertThat(pizza.path("name").asString()).isEqualTo("Margherita Pizza");
        assertThat(next(200).path("item")).isEqualTo(pizza);
    }

    private void accounting() {
        assertThat(next(200).path("service").asString()).isEqualTo("accounting");

        var list = next(200);
        assertThat(list.path("transactions")
                        .valueStream()
                        .map(transaction -> transaction.path("item").asString()))
                .containsExactly("Consulting Hours", "Cloud Services", "Software License", "Office Supplies");
        assertThat(list.path("summary").path("totalAmount").decimalValue()).isEqualTo("2025.49");
        assertThat(list.path("crmIntegration").path("connected").asBoolean())
                .as(list.toString())
                .isTrue();
        assertThat(list.path("crmIntegration").path("customers").path(0).toString())
                .isEqualTo("{\"name\":\"Alice\",\"surname\":\"Johnson\"}");

        assertThat(next(200).path("customer").asString()).isEqualTo("Acme Corp");

        var supplies = next(201);
        assertThat(supplies.path("id").asInt()).isEqualTo(5);
        assertThat(supplies.path("customer").asString()).isEqualTo("John Doe");

        var license = next(200);
        assertThat(license.path("item").asString()).isEqualTo("Software License");
        assertThat(license.path("date").asString()).isEqualTo("2025-10-29");
        assertThat(next(200).path("item")).isEqualTo(license);
    }

    private JsonNode next(int status) {
        var command = commands.next();
        return command.run(client(HOSTS.get(command.host()))).expected(status).json();
    }

    private ContractClient client(String service) {
        return ContractClient.of(service, urls.apply(service));
    }

    private static Stream<String> names(JsonNode items) {
        return items.valueStream().map(item -> item.path("name").asString());
    }

    private static String document() {
        try (var in = FirstCommands.class.getResourceAsStream("/first-commands.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
