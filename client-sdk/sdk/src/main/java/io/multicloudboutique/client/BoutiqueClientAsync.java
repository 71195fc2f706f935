package io.multicloudboutique.client;

import io.multicloudboutique.client.accounting.AccountingClientAsync;
import io.multicloudboutique.client.analytics.AnalyticsClientAsync;
import io.multicloudboutique.client.crm.CrmClientAsync;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.food.FoodClientAsync;
import io.multicloudboutique.client.furniture.FurnitureClientAsync;
import io.multicloudboutique.client.inventory.InventoryClientAsync;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * A view of a {@link BoutiqueClient} whose calls return a {@link CompletableFuture} and block no thread. It has the
 * options of its client and shares its connections and retry budgets; closing the client also closes the view.
 *
 * <p>If a call fails, its future completes with a {@link BoutiqueException}. An argument that is not valid throws an
 * {@link IllegalArgumentException} at once. {@code cancel} on the future of a call ends its exchange, and the future
 * completes with a {@link CancellationException}. It has no effect on a future that {@code thenApply} or a similar
 * method returned, because the JDK does not pass a cancellation on.
 *
 * <p>The actions that you add to a future run on a thread of the HTTP client, so they must not block. Immutable and
 * thread-safe.
 */
public interface BoutiqueClientAsync {

    /** The client for the analytics service, which manages performance metrics of transactions. */
    AnalyticsClientAsync analytics();

    /** The client for the CRM service, which manages customers. */
    CrmClientAsync crm();

    /** The client for the inventory service, which manages stock levels and reservations. */
    InventoryClientAsync inventory();

    /** The client for the furniture service, which manages the furniture catalogue. */
    FurnitureClientAsync furniture();

    /** The client for the food service, which manages the food catalogue. */
    FoodClientAsync food();

    /** The client for the accounting service, which manages transactions. */
    AccountingClientAsync accounting();
}
