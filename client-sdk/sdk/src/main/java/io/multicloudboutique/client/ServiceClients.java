package io.multicloudboutique.client;

import io.multicloudboutique.client.accounting.AccountingClient;
import io.multicloudboutique.client.analytics.AnalyticsClient;
import io.multicloudboutique.client.crm.CrmClient;
import io.multicloudboutique.client.food.FoodClient;
import io.multicloudboutique.client.furniture.FurnitureClient;
import io.multicloudboutique.client.internal.http.Connection;
import io.multicloudboutique.client.internal.http.JdkExchange;
import io.multicloudboutique.client.internal.http.RetryBudget;
import io.multicloudboutique.client.internal.http.Settings;
import io.multicloudboutique.client.internal.service.AccountingCalls;
import io.multicloudboutique.client.internal.service.AnalyticsCalls;
import io.multicloudboutique.client.internal.service.CrmCalls;
import io.multicloudboutique.client.internal.service.FoodCalls;
import io.multicloudboutique.client.internal.service.FurnitureCalls;
import io.multicloudboutique.client.internal.service.InventoryCalls;
import io.multicloudboutique.client.inventory.InventoryClient;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The clients of the services that have a base URL. All clients share the connections. */
final class ServiceClients implements BoutiqueClient {

    private final BoutiqueClientBuilder options;
    private final JdkExchange exchange;
    private final Map<BoutiqueService, RetryBudget> budgets;
    private final boolean view;

    private final @Nullable AnalyticsClient analytics;
    private final @Nullable CrmClient crm;
    private final @Nullable InventoryClient inventory;
    private final @Nullable FurnitureClient furniture;
    private final @Nullable FoodClient food;
    private final @Nullable AccountingClient accounting;
    private final BoutiqueClientAsync async;

    ServiceClients(BoutiqueClientBuilder options, JdkExchange exchange) {
        this(options, exchange, newBudgets(), false);
    }

    private ServiceClients(
            BoutiqueClientBuilder options,
            JdkExchange exchange,
            Map<BoutiqueService, RetryBudget> budgets,
            boolean view) {
        this.options = options;
        this.exchange = exchange;
        this.budgets = budgets;
        this.view = view;
        var connections = connections(options.settings(), exchange, budgets);
        analytics = client(connections.get(BoutiqueService.ANALYTICS), AnalyticsCalls::new);
        crm = client(connections.get(BoutiqueService.CRM), CrmCalls::new);
        inventory = client(connections.get(BoutiqueService.INVENTORY), InventoryCalls::new);
        furniture = client(connections.get(BoutiqueService.FURNITURE), FurnitureCalls::new);
        food = client(connections.get(BoutiqueService.FOOD), FoodCalls::new);
        accounting = client(connections.get(BoutiqueService.ACCOUNTING), AccountingCalls::new);
        async = new AsyncServiceClients(connections);
    }

    private static Map<BoutiqueService, Connection> connections(
            Settings settings, JdkExchange exchange, Map<BoutiqueService, RetryBudget> budgets) {
        var connections = new EnumMap<BoutiqueService, Connection>(BoutiqueService.class);
        for (var service : settings.baseUrls().keySet()) {
            connections.put(service, new Connection(service, settings, exchange, budgets.get(service)));
        }
        return connections;
    }

    private static Map<BoutiqueService, RetryBudget> newBudgets() {
        var budgets = new EnumMap<BoutiqueService, RetryBudget>(BoutiqueService.class);
        for (var service : BoutiqueService.values()) {
            budgets.put(service, new RetryBudget());
        }
        return budgets;
    }

    /** Returns null if the service has no base URL. */
    static <C> @Nullable C client(@Nullable Connection connection, Function<Connection, C> calls) {
        return connection == null ? null : calls.apply(connection);
    }

    @Override
    public AnalyticsClient analytics() {
        return known(analytics, BoutiqueService.ANALYTICS);
    }

    @Override
    public CrmClient crm() {
        return known(crm, BoutiqueService.CRM);
    }

    @Override
    public InventoryClient inventory() {
        return known(inventory, BoutiqueService.INVENTORY);
    }

    @Override
    public FurnitureClient furniture() {
        return known(furniture, BoutiqueService.FURNITURE);
    }

    @Override
    public FoodClient food() {
        return known(food, BoutiqueService.FOOD);
    }

    @Override
    public AccountingClient accounting() {
        return known(accounting, BoutiqueService.ACCOUNTING);
    }

    static <C> C known(@Nullable C client, BoutiqueService service) {
        if (client == null) {
            throw new IllegalStateException("This client has no base URL for " + service
                    + ". Set baseUrl(BoutiqueService." + service.name() + ", …), BOUTIQUE_" + service.name()
                    + "_URL or, with the Spring Boot starter, boutique.client." + service + ".url.");
        }
        return client;
    }

    @Override
    public BoutiqueClientAsync async() {
        return async;
    }

    @Override
    public BoutiqueClient withOptions(Consumer<BoutiqueClientBuilder> options) {
        var changed = new BoutiqueClientBuilder(this.options);
        Objects.requireNonNull(options, "options").accept(changed);
        if (!changed.sharesConnectionsWith(this.options)) {
            throw new IllegalArgumentException("A view cannot change httpClient, connectTimeout, proxy, sslContext,"
                    + " executor or maxConcurrentRequests. Build another client instead.");
        }
        changed.checkOptions();
        return new ServiceClients(new BoutiqueClientBuilder(changed), exchange, budgets, true);
    }

    @Override
    public void close() {
        if (!view) {
            exchange.close();
        }
    }
}
