package io.multicloudboutique.client;

import io.multicloudboutique.client.accounting.AccountingClient;
import io.multicloudboutique.client.analytics.AnalyticsClient;
import io.multicloudboutique.client.crm.CrmClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.food.FoodClient;
import io.multicloudboutique.client.furniture.FurnitureClient;
import io.multicloudboutique.client.inventory.InventoryClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The entry point of the SDK, with one client for each service of Multicloud Boutique. Create one instance for the
 * whole application and close it when the application ends:
 *
 * <pre>{@code
 * try (var boutique = BoutiqueClient.local()) {
 *     boutique.food().listFoodItems().forEach(item -> System.out.println(item.name()));
 * }
 * }</pre>
 *
 * <p>An accessor such as {@link #food()} throws an {@link IllegalStateException} if its service has no base URL. A
 * failed call throws a {@link BoutiqueException}. The SDK retries a call only if a retry is safe: a GET, except a
 * health check, or a POST, whose attempts all share one idempotency key. Immutable and thread-safe.
 */
public interface BoutiqueClient extends AutoCloseable {

    /** Returns a builder with all defaults and without base URLs. */
    static BoutiqueClientBuilder builder() {
        return new BoutiqueClientBuilder();
    }

    /**
     * Creates a client from environment variables: {@code BOUTIQUE_<SERVICE>_URL} is the base URL of a service,
     * {@code BOUTIQUE_API_KEY} the API key for all services, and {@code BOUTIQUE_<SERVICE>_API_KEY} the API key for one
     * service. {@code <SERVICE>} is the name of the service in capital letters, as in {@code BOUTIQUE_FOOD_URL}. An empty
     * variable counts as not set.
     *
     * @throws IllegalArgumentException if no base URL is set, or if a base URL or an API key is not valid
     */
    static BoutiqueClient fromEnv() {
        return fromEnv(System.getenv());
    }

    /** Like {@link #fromEnv()}, but with the given variables instead of the environment of the process. */
    static BoutiqueClient fromEnv(Map<String, String> variables) {
        return new BoutiqueClientBuilder().environment(variables).build();
    }

    /** Creates a client for the platform that {@code ./boutique} runs on this machine with its default ports. */
    static BoutiqueClient local() {
        return builder().local().build();
    }

    /** The client for the analytics service, which manages performance metrics of transactions. */
    AnalyticsClient analytics();

    /** The client for the CRM service, which manages customers. */
    CrmClient crm();

    /** The client for the inventory service, which manages stock levels and reservations. */
    InventoryClient inventory();

    /** The client for the furniture service, which manages the furniture catalogue. */
    FurnitureClient furniture();

    /** The client for the food service, which manages the food catalogue. */
    FoodClient food();

    /** The client for the accounting service, which manages transactions. */
    AccountingClient accounting();

    /**
     * Returns a view of this client whose calls return a {@link CompletableFuture} and block no thread. The view has
     * the options of this client and shares its connections and retry budgets.
     */
    BoutiqueClientAsync async();

    /**
     * Returns a view of this client with other options. The view shares the connections and the retry budgets of this
     * client. Closing the view does nothing; closing this client also closes the view.
     *
     * @throws IllegalArgumentException if the options change {@code httpClient}, {@code connectTimeout}, {@code proxy},
     *     {@code sslContext}, {@code executor} or {@code maxConcurrentRequests}, which the view shares
     */
    BoutiqueClient withOptions(Consumer<BoutiqueClientBuilder> options);

    /**
     * Closes the connections when the running calls have ended. Later calls throw an {@link IllegalStateException}. An
     * HTTP client that you passed to the builder stays open. On a JDK older than 21, this method does not close the
     * connections; a connection closes by itself after it has been idle for a while.
     */
    @Override
    void close();
}
