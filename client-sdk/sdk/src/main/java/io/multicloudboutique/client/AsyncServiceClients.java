package io.multicloudboutique.client;

import io.multicloudboutique.client.accounting.AccountingClientAsync;
import io.multicloudboutique.client.analytics.AnalyticsClientAsync;
import io.multicloudboutique.client.crm.CrmClientAsync;
import io.multicloudboutique.client.food.FoodClientAsync;
import io.multicloudboutique.client.furniture.FurnitureClientAsync;
import io.multicloudboutique.client.internal.http.Connection;
import io.multicloudboutique.client.internal.service.AccountingCallsAsync;
import io.multicloudboutique.client.internal.service.AnalyticsCallsAsync;
import io.multicloudboutique.client.internal.service.CrmCallsAsync;
import io.multicloudboutique.client.internal.service.FoodCallsAsync;
import io.multicloudboutique.client.internal.service.FurnitureCallsAsync;
import io.multicloudboutique.client.internal.service.InventoryCallsAsync;
import io.multicloudboutique.client.inventory.InventoryClientAsync;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The asynchronous clients of the services that have a base URL. */
final class AsyncServiceClients implements BoutiqueClientAsync {

    private final @Nullable AnalyticsClientAsync analytics;
    private final @Nullable CrmClientAsync crm;
    private final @Nullable InventoryClientAsync inventory;
    private final @Nullable FurnitureClientAsync furniture;
    private final @Nullable FoodClientAsync food;
    private final @Nullable AccountingClientAsync accounting;

    AsyncServiceClients(Map<BoutiqueService, Connection> connections) {
        analytics = ServiceClients.client(connections.get(BoutiqueService.ANALYTICS), AnalyticsCallsAsync::new);
        crm = ServiceClients.client(connections.get(BoutiqueService.CRM), CrmCallsAsync::new);
        inventory = ServiceClients.client(connections.get(BoutiqueService.INVENTORY), InventoryCallsAsync::new);
        furniture = ServiceClients.client(connections.get(BoutiqueService.FURNITURE), FurnitureCallsAsync::new);
        food = ServiceClients.client(connections.get(BoutiqueService.FOOD), FoodCallsAsync::new);
        accounting = ServiceClients.client(connections.get(BoutiqueService.ACCOUNTING), AccountingCallsAsync::new);
    }

    @Override
    public AnalyticsClientAsync analytics() {
        return ServiceClients.known(analytics, BoutiqueService.ANALYTICS);
    }

    @Override
    public CrmClientAsync crm() {
        return ServiceClients.known(crm, BoutiqueService.CRM);
    }

    @Override
    public InventoryClientAsync inventory() {
        return ServiceClients.known(inventory, BoutiqueService.INVENTORY);
    }

    @Override
    public FurnitureClientAsync furniture() {
        return ServiceClients.known(furniture, BoutiqueService.FURNITURE);
    }

    @Override
    public FoodClientAsync food() {
        return ServiceClients.known(food, BoutiqueService.FOOD);
    }

    @Override
    public AccountingClientAsync accounting() {
        return ServiceClients.known(accounting, BoutiqueService.ACCOUNTING);
    }
}
