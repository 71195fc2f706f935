import accounting.api.TransactionsApi;
import accounting.model.Problem;
import accounting.model.TransactionDraft;
import inventory.api.InventoryApi;
import inventory.model.Product;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Browses the products, records a transaction, and reads one that does not exist. */
class Shop {

    public static void main(String[] args) throws Exception {
        var products = new InventoryApi(new inventory.ApiClient().setBasePath(System.getenv("BOUTIQUE_INVENTORY_URL")));
        var transactions =
                new TransactionsApi(new accounting.ApiClient().setBasePath(System.getenv("BOUTIQUE_ACCOUNTING_URL")));

        String cursor = null;
        for (var page : List.of("first page", "second page")) {
            var found = products.listProducts(null, null, null, 2, cursor);
            System.out.println(page + ": "
                    + found.getData().stream().map(Product::getName).collect(Collectors.joining(", ")));
            cursor = found.getNextCursor();
        }

        // The same key for every attempt, so that the transaction is recorded once.
        var key = UUID.randomUUID().toString();
        var draft = new TransactionDraft().item("Grand Piano").price(1234567.89).date(LocalDate.of(2026, 11, 23));
        for (var attempt : List.of("recorded", "sent again")) {
            var response = transactions.createTransactionWithHttpInfo(draft, key);
            System.out.printf("%s: %s, %s, replayed: %s%n", attempt, response.getData().getItem(),
                    response.getData().getPrice(), response.getHeaders().containsKey("idempotent-replayed"));
        }

        try {
            transactions.getTransaction(999999999L, null);
        } catch (accounting.ApiException e) {
            System.out.println("unknown transaction: " + e.getCode() + " "
                    + Problem.fromJson(e.getResponseBody()).getCode());
        }
    }
}
