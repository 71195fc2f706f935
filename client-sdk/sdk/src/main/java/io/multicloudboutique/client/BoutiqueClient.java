package io.multicloudboutique.client;

import io.multicloudboutique.client.accounting.AccountingClient;
import io.multicloudboutique.client.analytics.AnalyticsClient;
import io.multicloudboutique.client.crm.CrmClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.food.FoodClient;
import io.multicloudboutique.client.furniture.FurnitureClient;
import io.multicloudboutique.client.inventory.InventoryClient;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The six services of Multicloud Boutique. Make one for the whole application, and close it at its end:
 *
 * <pre>{@code
 * try (var boutique = BoutiqueClient.local()) {
 *     boutique.food().listFoodItems().forEach(item -> System.out.println(item.name()));
 * }
 * }</pre>
 *
 * <p>A failed call throws a {@link BoutiqueException}. Calls are repeated where that is
 * safe: each GET, and each POST, since the SDK gives a POST an idempotency key that all its attempts share. Immutable and
 * thread-safe.
 */
public interface BoutiqueClient extends AutoCloseable {

    /** A builder with all defaults, which knows no service yet. */
    static BoutiqueClientBuilder builder() {
        return new BoutiqueClientBuilder();
    }

    /**
     * A client with what the environment says: {@code BOUTIQUE_<SERVICE>_URL} is the base URL of a service,
     * {@code BOUTIQUE_API_KEY} the key of all services, {@code BOUTIQUE_<SERVICE>_API_KEY} the key of one; for example
     * {@code BOUTIQUE_FOOD_URL}.
     *
     * @throws IllegalArgumentException if it names no service, or one by something that is no URL
     */
    static BoutiqueClient fromEnv() {
        return fromEnv(System.getenv());
    }

    /** Like {@link #fromEnv()}, with these variables instead of those of the process. */
    static BoutiqueClient fromEnv(Map<String, String> variables) {
        return new BoutiqueClientBuilder().environment(variables).build();
    }

    /** A client of the platform that {@code ./boutique} runs on this machine, with its default ports. */
    static BoutiqueClient local() {
        return builder().local().build();
    }

    /** How transactions went. */
    AnalyticsClient analytics();

    /** The customers. */
    CrmClient crm();

    /** Stock levels and reservations. */
    InventoryClient inventory();

    /** The furniture catalogue. */
    FurnitureClient furniture();

    /** The food catalogue. */
    FoodClient food();

    /** The transactions. */
    AccountingClient accounting();

    /**
     * A view of this client with other options. It shares the connections and the retry budgets with this one and is closed
     * with it; closing the view does nothing.
     *
     * @throws IllegalArgumentException if they change the HTTP client or its connect timeout, which the view shares
     */
    BoutiqueClient withOptions(Consumer<BoutiqueClientBuilder> options);

    /**
     * Ends the connections, once calls that run are done. An HTTP client that the builder was given stays open. On a JDK
     * older than 21, connections end by themselves when they have been idle for a while.
     */
    @Override
    void close();
}
