package io.multicloudboutique.client;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import io.multicloudboutique.client.accounting.TransactionChange;
import io.multicloudboutique.client.accounting.TransactionDraft;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.analytics.MetricDraft;
import io.multicloudboutique.client.analytics.MetricQuery;
import io.multicloudboutique.client.crm.CustomerChange;
import io.multicloudboutique.client.crm.CustomerDraft;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.food.FoodItemChange;
import io.multicloudboutique.client.food.FoodItemDraft;
import io.multicloudboutique.client.furniture.FurnitureItemChange;
import io.multicloudboutique.client.furniture.FurnitureItemDraft;
import io.multicloudboutique.client.furniture.FurnitureQuery;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client has one method for each operation of the contracts, with the name of the operation. */
class OperationsTest {

    private static final Map<BoutiqueService, OpenApiInteractionValidator> CONTRACTS = new ConcurrentHashMap<>();
    private static final UUID RESERVATION = UUID.fromString("3b9c6c1e-5a5e-4a55-9c0c-2f1df0a9a7a1");
    private static final BigDecimal PRICE = new BigDecimal("12.50");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 20);
    private static final Instant MOMENT = Instant.parse("2026-01-20T10:00:00Z");

    /** One call for each operation except the health operations, with all optional values set. */
    private static final Map<String, Function<BoutiqueClient, Object>> CALLS = Map.ofEntries(
            entry(
                    "analytics.listMetrics",
                    client -> client.analytics()
                            .listMetrics(MetricQuery.all()
                                    .withTransactionType("order")
                                    .withFrom(MOMENT)
                                    .withTo(MOMENT.plusSeconds(1))
                                    .withPageSize(10))
                            .first()),
            entry(
                    "analytics.createMetric",
                    client -> client.analytics()
                            .createMetric(MetricDraft.of("order", new BigDecimal("742.125"), true), "order-1/metric")),
            entry(
                    "crm.listCustomers",
                    client -> client.crm()
                            .listCustomers(CustomerQuery.all()
                                    .withEmail("john+doe@example.com")
                                    .withPageSize(10))
                            .first()),
            entry(
                    "crm.createCustomer",
                    client -> client.crm()
                            .createCustomer(
                                    CustomerDraft.of("John", "Doe").withEmail("john@example.com"), "customer-1")),
            entry("crm.getCustomer", client -> client.crm().getCustomer(1, "\"3\"")),
            entry(
                    "crm.updateCustomer",
                    client -> client.crm()
                            .updateCustomer(
                                    1,
                                    CustomerChange.none()
                                            .withName("Jane")
                                            .withSurname("Smith")
                                            .withEmail(""),
                                    "\"3\"")),
            entry("crm.deleteCustomer", client -> client.crm().deleteCustomer(1, "\"3\"")),
            entry(
                    "inventory.listProducts",
                    client -> client.inventory().listProducts(10).first()),
            entry(
                    "inventory.createProduct",
                    client -> client.inventory()
                            .createProduct(ProductDraft.of("DESKLAMP01", "Desk Lamp", 20), "product-1")),
            entry("inventory.getProduct", client -> client.inventory().getProduct("OLJCESPC7Z", "\"3\"")),
            entry(
                    "inventory.updateProduct",
                    client -> client.inventory()
                            .updateProduct(
                                    "OLJCESPC7Z",
                                    ProductChange.none().withName("Typewriter").withStockLevel(40),
                                    "\"3\"")),
            entry("inventory.reserveStock", client -> client.inventory().reserveStock("OLJCESPC7Z", 2, "reserve-1")),
            entry("inventory.releaseStock", client -> client.inventory().releaseStock("OLJCESPC7Z", 2, "release-1")),
            entry(
                    "inventory.listMovements",
                    client -> client.inventory().listMovements("OLJCESPC7Z", 10).first()),
            entry(
                    "inventory.listReservations",
                    client -> client.inventory()
                            .listReservations(ReservationQuery.all()
                                    .withReference("order 1001/a&b")
                                    .withPageSize(10))
                            .first()),
            entry(
                    "inventory.createReservation",
                    client -> client.inventory()
                            .createReservation(
                                    ReservationDraft.of(List.of(new ReservationLine("OLJCESPC7Z", 1)))
                                            .withTtl(Duration.ofMinutes(10))
                                            .withReference("order-1001"),
                                    "order-1001/hold/0")),
            entry("inventory.getReservation", client -> client.inventory().getReservation(RESERVATION, "\"3\"")),
            entry(
                    "inventory.confirmReservation",
                    client -> client.inventory().confirmReservation(RESERVATION, "order-1001/confirm")),
            entry(
                    "inventory.cancelReservation",
                    client -> client.inventory().cancelReservation(RESERVATION, "order-1001/cancel")),
            entry(
                    "furniture.listFurnitureItems",
                    client -> client.furniture()
                            .listFurnitureItems(FurnitureQuery.all()
                                    .withCategory("Living Room")
                                    .withPageSize(10))
                            .first()),
            entry(
                    "furniture.createFurnitureItem",
                    client -> client.furniture()
                            .createFurnitureItem(
                                    FurnitureItemDraft.of("Oak Desk", "Office", PRICE)
                                            .withProductId("OLJCESPC7Z"),
                                    "item-1")),
            entry("furniture.getFurnitureItem", client -> client.furniture().getFurnitureItem(1, "\"3\"")),
            entry(
                    "furniture.updateFurnitureItem",
                    client -> client.furniture()
                            .updateFurnitureItem(
                                    1,
                                    FurnitureItemChange.none()
                                            .withName("Desk")
                                            .withCategory("Home")
                                            .withPrice(PRICE)
                                            .withProductId(""),
                                    "\"3\"")),
            entry("furniture.deleteFurnitureItem", client -> client.furniture().deleteFurnitureItem(1, "\"3\"")),
            entry(
                    "food.listFoodItems",
                    client -> client.food().listFoodItems(10).first()),
            entry(
                    "food.createFoodItem",
                    client -> client.food()
                            .createFoodItem(
                                    FoodItemDraft.of("Caesar Salad", "Salad", PRICE)
                                            .withAvailable(false)
                                            .withProductId("OLJCESPC7Z"),
                                    "salad-1")),
            entry("food.getFoodItem", client -> client.food().getFoodItem(1, "\"3\"")),
            entry(
                    "food.updateFoodItem",
                    client -> client.food()
                            .updateFoodItem(
                                    1,
                                    FoodItemChange.none()
                                            .withName("Salad")
                                            .withCategory("Cold")
                                            .withPrice(PRICE)
                                            .withAvailable(true)
                                            .withProductId(""),
                                    "\"3\"")),
            entry("food.deleteFoodItem", client -> client.food().deleteFoodItem(1, "\"3\"")),
            entry(
                    "accounting.listTransactions",
                    client -> client.accounting()
                            .listTransactions(TransactionQuery.all()
                                    .withReference("order-1001")
                                    .withFrom(DAY)
                                    .withTo(DAY.plusDays(1))
                                    .withPageSize(10))
                            .first()),
            entry(
                    "accounting.createTransaction",
                    client -> client.accounting()
                            .createTransaction(
                                    TransactionDraft.of("1 x Film Camera", PRICE, DAY)
                                            .withCustomer("Jane Smith")
                                            .withReference("order-1001"),
                                    "order-1001/record")),
            entry("accounting.getTransaction", client -> client.accounting().getTransaction(1, "\"3\"")),
            entry(
                    "accounting.updateTransaction",
                    client -> client.accounting()
                            .updateTransaction(
                                    1,
                                    TransactionChange.none()
                                            .withItem("2 x Film Camera")
                                            .withPrice(PRICE)
                                            .withDate(DAY)
                                            .withCustomer("")
                                            .withReference(""),
                                    "\"3\"")),
            entry("accounting.deleteTransaction", client -> client.accounting().deleteTransaction(1, "\"3\"")));

    @ParameterizedTest
    @EnumSource
    void aClientHasExactlyTheOperationsOfItsService(BoutiqueService service) throws Exception {
        var client = BoutiqueClient.class.getMethod(service.toString()).getReturnType();

        var methods = Arrays.stream(client.getMethods())
                .map(java.lang.reflect.Method::getName)
                .collect(toCollection(TreeSet::new));

        assertThat(methods).isEqualTo(operations(service).map(Case::id).collect(toCollection(TreeSet::new)));
    }

    @TestFactory
    Stream<DynamicTest> eachRequestConformsToTheContractAndEachExampleResponseIsRead() {
        return Stream.of(BoutiqueService.values())
                .flatMap(service -> operations(service)
                        .map(operation ->
                                DynamicTest.dynamicTest(service + "." + operation.id(), () -> check(operation))));
    }

    private static void check(Case operation) throws Exception {
        var call = CALLS.getOrDefault(operation.service() + "." + operation.id(), client -> health(client, operation));
        for (var example : operation.successes()) {
            try (var server = new ScriptedServer(ScriptedServer.json(
                            operation.status(), example, "ETag: \"4\"", "X-Request-Id: " + RESERVATION));
                    var client = BoutiqueClient.builder()
                            .baseUrl(operation.service(), server.url())
                            .build()) {
                var result = call.apply(client);

                assertThat(result).isNotNull();
                assertThat(server.requests()).hasSize(1);
                validate(operation, server.requests().get(0));
            }
        }
    }

    private static Object health(BoutiqueClient client, Case operation) {
        try {
            var service = BoutiqueClient.class
                    .getMethod(operation.service().toString())
                    .invoke(client);
            return ServiceClient.class.getMethod(operation.id()).invoke(service);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("CALLS has no call for " + operation.id() + ": add one.", e);
        }
    }

    private static void validate(Case operation, ScriptedServer.Request sent) {
        assertThat(sent.method()).isEqualTo(operation.method());
        var target = URI.create(sent.target());
        var request = new SimpleRequest.Builder(Method.valueOf(sent.method()), target.getRawPath());
        sent.headers().forEach(request::withHeader);
        if (target.getRawQuery() != null) {
            for (var parameter : target.getRawQuery().split("&")) {
                var parts = parameter.split("=", 2);
                request.withQueryParam(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        if (!sent.body().isEmpty()) {
            request.withBody(sent.body());
        }
        var report = CONTRACTS
                .computeIfAbsent(
                        operation.service(),
                        name -> OpenApiInteractionValidator.createForSpecificationUrl(
                                        "openapi/bundled/" + name + ".yaml")
                                .build())
                .validateRequest(request.build());
        assertThat(report.getMessages().stream().filter(message -> message.getLevel() == Level.ERROR))
                .as(sent.toString())
                .isEmpty();
    }

    private record Case(BoutiqueService service, String id, String method, int status, List<String> successes) {}

    private static Stream<Case> operations(BoutiqueService service) {
        var options = new ParseOptions();
        options.setResolve(true);
        var contract = new OpenAPIV3Parser().read("openapi/bundled/" + service + ".yaml", null, options);
        return contract.getPaths().values().stream()
                .flatMap(item -> item.readOperationsMap().entrySet().stream())
                .map(operation -> read(service, contract, operation.getKey().name(), operation.getValue()));
    }

    private static Case read(BoutiqueService service, OpenAPI contract, String method, Operation operation) {
        var success = operation.getResponses().entrySet().iterator().next();
        var response = success.getValue().get$ref() == null
                ? success.getValue()
                : contract.getComponents()
                        .getResponses()
                        .get(lastSegment(success.getValue().get$ref()));
        var examples = response.getContent().get("application/json").getExamples().values().stream()
                .map(example -> Json.pretty(resolve(contract, example).getValue()))
                .toList();
        assertThat(examples).isNotEmpty();
        return new Case(service, operation.getOperationId(), method, Integer.parseInt(success.getKey()), examples);
    }

    private static Example resolve(OpenAPI contract, Example example) {
        return example.get$ref() == null
                ? example
                : contract.getComponents().getExamples().get(lastSegment(example.get$ref()));
    }

    private static String lastSegment(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
