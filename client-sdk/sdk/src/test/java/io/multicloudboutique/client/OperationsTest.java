package io.multicloudboutique.client;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import io.multicloudboutique.client.accounting.RefundDraft;
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
import io.multicloudboutique.client.food.FoodItemQuery;
import io.multicloudboutique.client.furniture.FurnitureItemChange;
import io.multicloudboutique.client.furniture.FurnitureItemDraft;
import io.multicloudboutique.client.furniture.FurnitureItemQuery;
import io.multicloudboutique.client.inventory.AdjustmentLine;
import io.multicloudboutique.client.inventory.AdjustmentReason;
import io.multicloudboutique.client.inventory.MovementQuery;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.ProductQuery;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationExtension;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationReturn;
import io.multicloudboutique.client.inventory.ReservationStatus;
import io.multicloudboutique.client.inventory.StockAdjustment;
import io.multicloudboutique.client.inventory.StockQuantity;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The blocking client, its raw view and the asynchronous client have one method for each operation of the contracts, with
 * the name of the operation. All their methods send a valid request and return the same result.
 */
class OperationsTest {

    private static final Map<BoutiqueService, OpenApiInteractionValidator> CONTRACTS = new ConcurrentHashMap<>();
    private static final UUID RESERVATION = UUID.fromString("3b9c6c1e-5a5e-4a55-9c0c-2f1df0a9a7a1");
    private static final BigDecimal PRICE = new BigDecimal("12.50");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 20);
    private static final Instant MOMENT = Instant.parse("2026-01-20T10:00:00Z");
    private static final String ETAG = "\"3\"";

    /** An argument of each type, with all optional values set. */
    private static final Map<Class<?>, Object> ARGUMENTS = Stream.of(
                    MetricQuery.all()
                            .withTransactionType("order")
                            .withFrom(MOMENT)
                            .withTo(MOMENT.plusSeconds(1))
                            .withPageSize(10)
                            .withCursor("a"),
                    MetricDraft.of("order", new BigDecimal("742.125"), true),
                    CustomerQuery.all()
                            .withEmail("john+doe@example.com")
                            .withSearchText("doe, j")
                            .withPageSize(10)
                            .withCursor("a"),
                    CustomerDraft.of("John", "Doe").withEmail("john@example.com"),
                    CustomerChange.none().withName("Jane").withSurname("Smith").withEmail(""),
                    ProductQuery.all()
                            .withSearchText("type writer")
                            .withAvailableBelow(5)
                            .withArchived(true)
                            .withPageSize(10)
                            .withCursor("a"),
                    ProductDraft.of("DESKLAMP01", "Desk Lamp", 20),
                    ProductChange.none()
                            .withName("Typewriter")
                            .withStockLevel(40)
                            .withArchived(false),
                    StockAdjustment.of(List.of(AdjustmentLine.of("OLJCESPC7Z", -1)), AdjustmentReason.DAMAGED)
                            .withReference("stocktake-3"),
                    StockQuantity.of(2),
                    MovementQuery.all().withPageSize(10).withCursor("a"),
                    ReservationQuery.all()
                            .withReference("order 1001/a&b")
                            .withStatus(ReservationStatus.CONFIRMED)
                            .withPageSize(10)
                            .withCursor("a"),
                    ReservationDraft.of(List.of(ReservationLine.of("OLJCESPC7Z", 1)))
                            .withTtl(Duration.ofMinutes(10))
                            .withReference("order-1001")
                            .withFingerprint("one-typewriter"),
                    ReservationExtension.of(Duration.ofMinutes(10)),
                    ReservationReturn.of(List.of(ReservationLine.of("OLJCESPC7Z", 1))),
                    FurnitureItemQuery.all()
                            .withCategory("Living Room")
                            .withPageSize(10)
                            .withCursor("a"),
                    FurnitureItemDraft.of("Oak Desk", "Office", PRICE).withProductId("OLJCESPC7Z"),
                    FurnitureItemChange.none()
                            .withName("Desk")
                            .withCategory("Home")
                            .withPrice(PRICE)
                            .withProductId(""),
                    FoodItemQuery.all().withPageSize(10).withCursor("a"),
                    FoodItemDraft.of("Caesar Salad", "Salad", PRICE)
                            .withAvailable(false)
                            .withProductId("OLJCESPC7Z"),
                    FoodItemChange.none()
                            .withName("Salad")
                            .withCategory("Cold")
                            .withPrice(PRICE)
                            .withAvailable(true)
                            .withProductId(""),
                    TransactionQuery.all()
                            .withReference("order-1001")
                            .withFrom(DAY)
                            .withTo(DAY.plusDays(1))
                            .withPageSize(10)
                            .withCursor("a"),
                    TransactionDraft.of("1 x Film Camera", PRICE, DAY)
                            .withCustomer("Jane Smith")
                            .withReference("order-1001")
                            .withFingerprint("one-typewriter"),
                    TransactionChange.none()
                            .withItem("2 x Film Camera")
                            .withPrice(PRICE)
                            .withDate(DAY)
                            .withCustomer("")
                            .withReference(""),
                    RefundDraft.of().withAmount(PRICE).withReference("refund-1001"),
                    RESERVATION)
            .collect(toMap(Object::getClass, argument -> argument));

    @ParameterizedTest
    @EnumSource
    void eachClientHasExactlyTheOperationsOfItsService(BoutiqueService service) throws Exception {
        var operations = operations(service).map(Case::id).collect(toCollection(TreeSet::new));
        var blocking = BoutiqueClient.class.getMethod(service.toString()).getReturnType();
        var raw = blocking.getMethod("withRawResponse").getReturnType();
        var async = BoutiqueClientAsync.class.getMethod(service.toString()).getReturnType();

        assertThat(operationsOf(blocking)).isEqualTo(operations);
        assertThat(operationsOf(raw)).isEqualTo(operations);
        assertThat(operationsOf(async)).isEqualTo(operations);
    }

    private static Set<String> operationsOf(Class<?> client) {
        return Arrays.stream(client.getMethods())
                .map(method -> method.getName().replaceFirst("IfChanged$", ""))
                .filter(name -> !name.equals("withRawResponse"))
                .collect(toCollection(TreeSet::new));
    }

    @TestFactory
    Stream<DynamicTest> eachRequestConformsToTheContractAndEachExampleResponseIsRead() {
        return Stream.of(BoutiqueService.values())
                .flatMap(service -> operations(service)
                        .map(operation ->
                                DynamicTest.dynamicTest(service + "." + operation.id(), () -> check(operation))));
    }

    private static void check(Case operation) throws Exception {
        for (var example : operation.successes()) {
            try (var server = new ScriptedServer(ScriptedServer.json(
                            operation.status(), example, "ETag: \"4\"", "X-Request-Id: " + RESERVATION));
                    var client = BoutiqueClient.builder()
                            .baseUrl(operation.service(), server.url())
                            .build()) {
                var results = new ArrayList<Object>();
                for (var method : methods(operation)) {
                    results.add(method.call(client));
                }

                assertThat(results).isNotEmpty().allMatch(results.get(0)::equals);
                assertThat(server.requests()).hasSameSizeAs(results);
                for (var request : server.requests()) {
                    validate(operation, request);
                }
            }
        }
    }

    /** The methods for this operation in the blocking client, in its raw view and in the asynchronous client. */
    private static List<ClientMethod> methods(Case operation) throws Exception {
        var service = operation.service().toString();
        var blocking = BoutiqueClient.class.getMethod(service);
        var raw = blocking.getReturnType().getMethod("withRawResponse");
        var async = BoutiqueClientAsync.class.getMethod(service);
        return Stream.of(
                        methods(operation, blocking.getReturnType(), blocking::invoke),
                        methods(operation, raw.getReturnType(), client -> raw.invoke(blocking.invoke(client))),
                        methods(operation, async.getReturnType(), client -> async.invoke(client.async())))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<ClientMethod> methods(Case operation, Class<?> type, Accessor accessor) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !method.isBridge())
                .filter(method -> method.getName().equals(operation.id())
                        || method.getName().equals(operation.id() + "IfChanged"))
                .map(method -> new ClientMethod(operation, method, accessor));
    }

    private interface Accessor {
        Object client(BoutiqueClient boutique) throws ReflectiveOperationException;
    }

    private record ClientMethod(Case operation, java.lang.reflect.Method method, Accessor accessor) {

        Object call(BoutiqueClient boutique) throws ReflectiveOperationException {
            return result(method.invoke(accessor.client(boutique), arguments()));
        }

        private Object[] arguments() {
            var arguments = new ArrayList<>();
            var conditional = method.getName().endsWith("IfChanged");
            var etag = method.getParameterTypes().length - 1;
            for (var type : method.getParameterTypes()) {
                arguments.add(argument(type));
            }
            if (conditional) {
                arguments.set(method.getParameterTypes()[etag] == String.class ? etag : etag - 1, ETAG);
            }
            return arguments.toArray();
        }

        private Object argument(Class<?> type) {
            if (type == long.class) {
                return 1L;
            }
            if (type == String.class) {
                return "OLJCESPC7Z";
            }
            if (type == RequestOptions.class) {
                return options();
            }
            return Optional.ofNullable(ARGUMENTS.get(type))
                    .orElseThrow(() -> new AssertionError("ARGUMENTS has no " + type.getSimpleName() + ": add one."));
        }

        private RequestOptions options() {
            return switch (operation.method()) {
                case "POST" -> RequestOptions.none().withIdempotencyKey("order-1001/hold/0");
                case "PUT", "DELETE" -> RequestOptions.none().withIfMatch(ETAG);
                default -> RequestOptions.none();
            };
        }

        private static Object result(Object returned) {
            if (returned instanceof CompletableFuture<?> future) {
                return result(future.join());
            }
            if (returned instanceof Optional<?> changed) {
                return changed.orElseThrow();
            }
            if (returned instanceof RawResponse<?> response) {
                return result(response.parse());
            }
            if (returned instanceof Pages<?, ?> pages) {
                return pages.first();
            }
            return returned instanceof AsyncPages<?, ?> pages ? pages.first().join() : returned;
        }
    }

    private static void validate(Case operation, ScriptedServer.Request sent) throws Exception {
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
            assertThat(Json.mapper().readTree(sent.body()).fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrderElementsOf(operation.bodyFields());
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

    private record Case(
            BoutiqueService service,
            String id,
            String method,
            int status,
            List<String> successes,
            Set<String> bodyFields) {}

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
        return new Case(
                service,
                operation.getOperationId(),
                method,
                Integer.parseInt(success.getKey()),
                examples,
                bodyFields(contract, operation));
    }

    private static Set<String> bodyFields(OpenAPI contract, Operation operation) {
        if (operation.getRequestBody() == null) {
            return Set.of();
        }
        var schema =
                operation.getRequestBody().getContent().get("application/json").getSchema();
        return contract.getComponents()
                .getSchemas()
                .get(lastSegment(schema.get$ref()))
                .getProperties()
                .keySet();
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
