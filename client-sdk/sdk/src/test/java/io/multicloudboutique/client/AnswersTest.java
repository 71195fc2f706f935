package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.errors.ServerException;
import io.multicloudboutique.client.food.FoodItem;
import io.multicloudboutique.client.inventory.AdjustmentLine;
import io.multicloudboutique.client.inventory.AdjustmentReason;
import io.multicloudboutique.client.inventory.HeldLine;
import io.multicloudboutique.client.inventory.Product;
import io.multicloudboutique.client.inventory.ReservationStatus;
import io.multicloudboutique.client.inventory.StockAdjustment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses are read strictly, except for what a newer service may add. */
class AnswersTest {

    private static final String FOOD = """
            {"id":1,"name":"Pizza","category":"Italian","price":12.99,"available":true,"productId":"A"}""";

    private static final String RESERVATION = """
            {"reservationId":"3b9c6c1e-5a5e-4a55-9c0c-2f1df0a9a7a1","status":"active",\
            "lines":[{"productId":"A","quantity":2}],"createdAt":"2026-01-20T10:30:00.125Z",\
            "expiresAt":"2026-01-20T10:45:00.125Z"}""";

    private final List<AutoCloseable> opened = new ArrayList<>();

    private BoutiqueClient answering(String body, String... headers) {
        var server = new ScriptedServer(json(200, body, headers));
        var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.FOOD, server.url())
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .baseUrl(BoutiqueService.ACCOUNTING, server.url())
                .build();
        opened.addAll(List.of(client, server));
        return client;
    }

    @AfterEach
    void close() throws Exception {
        for (var each : opened) {
            each.close();
        }
    }

    private FoodItem food(String body) {
        return answering(body).food().getFoodItem(1);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
                    '"id":1',            '"id":5.5',              /id
                    '"id":1',            '"id":5.0',              /id
                    '"id":1',            '"id":"5"',              /id
                    '"id":1',            '"id":""',               /id
                    '"id":1',            '"id":true',             /id
                    '"id":1',            '"id":null',             /id
                    '"id":1,',           '',                      /id
                    '"id":1',            '"id":9999999999999999999', /id
                    '"name":"Pizza"',    '"name":7',              /name
                    '"name":"Pizza"',    '"name":7.5',            /name
                    '"name":"Pizza"',    '"name":true',           /name
                    '"name":"Pizza"',    '"name":null',           /name
                    '"name":"Pizza",',   '',                      /name
                    '"name":"Pizza"',    '"name":["Pizza"]',      /name
                    '"price":12.99',     '"price":"12.99"',       /price
                    '"price":12.99',     '"price":null',          /price
                    '"price":12.99,',    '',                      /price
                    '"available":true',  '"available":1',         /available
                    '"available":true',  '"available":"true"',    /available
                    '"available":true',  '"available":null',      /available
                    '"available":true,', '',                      /available
                    '"productId":"A"',   '"productId":5',         /productId
                    """)
    void aValueThatTheContractDoesNotAllowIsAnErrorThatNamesTheField(String value, String other, String field) {
        var body = FOOD.replace(value, other);
        assertThat(body).isNotEqualTo(FOOD);

        var failure = catchThrowableOfType(ServerException.class, () -> food(body));

        assertThat(failure).hasMessageContaining("the body does not match the contract at " + field + ": ");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
                    '"quantity":2',                              '"quantity":2.5',       /lines/0/quantity
                    '{"productId":"A","quantity":2}',            'null',                 /lines/0
                    '[{"productId":"A","quantity":2}]',          'null',                 /lines
                    '"active"',                                  '2',                    /status
                    '"active"',                                  'null',                 /status
                    '"2026-01-20T10:30:00.125Z"',                '"yesterday"',          /createdAt
                    '"2026-01-20T10:30:00.125Z"',                '1768905000',           /createdAt
                    '"3b9c6c1e-5a5e-4a55-9c0c-2f1df0a9a7a1"',    '"1"',                  /reservationId
                    """)
    void anErrorInsideAnObjectNamesItsPath(String value, String other, String path) {
        var body = RESERVATION.replace(value, other);
        assertThat(body).isNotEqualTo(RESERVATION);

        assertThatThrownBy(() -> answering(body).inventory().getReservation(new UUID(0, 0)))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("the body does not match the contract at " + path + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20473", "[2026,1,20]", "\"2026-01-20T10:30:00Z\"", "\"today\""})
    void aDateThatIsNotADateIsAnError(String date) {
        var body = "{\"id\":1,\"item\":\"A camera\",\"price\":1,\"date\":" + date + "}";

        assertThatThrownBy(() -> answering(body).accounting().getTransaction(1))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("the body does not match the contract at /date: ");
    }

    @Test
    void aListThatContainsNullIsAnError() {
        assertThatThrownBy(
                        () -> answering("[null]").inventory().listReservations().first())
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("does not match the contract at /0");
    }

    @Test
    void anOptionalFieldThatIsNullIsEmpty() {
        assertThat(food(FOOD.replace("\"A\"", "null")).productId()).isEmpty();
        assertThat(food(FOOD.replace(",\"productId\":\"A\"", "")).productId()).isEmpty();
    }

    @Test
    void fieldsThatOnlyANewerServiceKnowsAreReadable() {
        var item = food(FOOD.replaceFirst(
                "}$",
                ",\"weight\":0.10,\"count\":3,\"vegan\":true,\"note\":null,\"tags\":[\"hot\",{\"since\":2026}]}"));

        assertThat(item._additionalProperties())
                .containsOnlyKeys("weight", "count", "vegan", "note", "tags")
                .containsEntry("weight", new BigDecimal("0.10"))
                .containsEntry("count", 3)
                .containsEntry("vegan", true)
                .containsEntry("note", null)
                .containsEntry("tags", List.of("hot", Map.of("since", 2026)));
        assertThat(item.name()).isEqualTo("Pizza");
        assertThat(food(FOOD)._additionalProperties()).isEmpty();
    }

    @Test
    void unknownFieldsCannotBeModified() {
        var unknown =
                food(FOOD.replaceFirst("}$", ",\"tags\":[{\"since\":2026}]}"))._additionalProperties();

        assertThatThrownBy(() -> unknown.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) unknown.get("tags")).remove(0))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) ((List<?>) unknown.get("tags")).get(0)).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aPageHasItsItemsAndUnknownFieldsButNoCursor() {
        var page = answering("""
                        {"foodItems":[%s],"inventoryCheck":{"checked":false,"inventoryItems":[],"message":"Late.",\
                        "timestamp":"2026-01-20T10:30:00.125Z"},"nextCursor":"NTA","total":9}""".formatted(FOOD)).food().listFoodItems().first();

        assertThat(page.items()).extracting(FoodItem::name).containsExactly("Pizza");
        assertThat(page.inventoryCheck().message()).contains("Late.");
        assertThat(page._additionalProperties()).containsOnly(Map.entry("total", 9));
        assertThatThrownBy(() -> page.items().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anOptionalListThatIsMissingOrNullIsEmpty() {
        var id = new UUID(0, 0);
        var returned = ",\"returnedLines\":%s}";

        assertThat(answering(RESERVATION).inventory().getReservation(id).returnedLines())
                .isEmpty();
        assertThat(answering(RESERVATION.replaceFirst("}$", returned.formatted("null")))
                        .inventory()
                        .getReservation(id)
                        .returnedLines())
                .isEmpty();
        assertThat(answering(RESERVATION.replaceFirst(
                                "}$", returned.formatted("[{\"productId\":\"A\",\"quantity\":1}]")))
                        .inventory()
                        .getReservation(id)
                        .returnedLines())
                .containsExactly(new HeldLine("A", 1, Map.of()));
    }

    @Test
    void aListThatIsNotPagedCannotBeModified() {
        var adjustment = StockAdjustment.of(List.of(AdjustmentLine.of("A", 1)), AdjustmentReason.RECEIVED);
        var products = answering("""
                [{"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
                "lastUpdated":"2026-01-20T10:30:00.125Z"}]""").inventory().adjustStock(adjustment);

        assertThat(products).extracting(Product::productId).containsExactly("A");
        assertThatThrownBy(products::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aStatusThatOnlyANewerServiceKnowsIsUnknown() {
        var reservation = answering(RESERVATION.replace("\"active\"", "\"paused\""))
                .inventory()
                .getReservation(new UUID(0, 0));

        assertThat(reservation.status()).isEqualTo(ReservationStatus.UNKNOWN);
    }

    @Test
    void onlyTheItemOfAResponseHasTheEtagOfTheResponse() {
        assertThat(answering(FOOD, "ETag: \"4\"").food().getFoodItem(1).etag()).contains("\"4\"");
        assertThat(food(FOOD.replaceFirst("}$", ",\"etag\":\"4\"}")).etag()).isEmpty();
        assertThat(answering("[" + RESERVATION + "]", "ETag: \"4\"").inventory().listReservations())
                .singleElement()
                .satisfies(reservation -> assertThat(reservation.etag()).isEmpty());
        assertThat(answering("{\"message\":\"Deleted.\",\"item\":" + FOOD + "}", "ETag: \"4\"")
                        .food()
                        .deleteFoodItem(1)
                        .item()
                        .etag())
                .isEmpty();
    }
}
