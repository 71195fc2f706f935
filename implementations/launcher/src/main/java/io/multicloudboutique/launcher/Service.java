package io.multicloudboutique.launcher;

import io.multicloudboutique.accounting.AccountingApplication;
import io.multicloudboutique.analytics.AnalyticsApplication;
import io.multicloudboutique.crm.CrmApplication;
import io.multicloudboutique.food.FoodApplication;
import io.multicloudboutique.furniture.FurnitureApplication;
import io.multicloudboutique.inventory.InventoryApplication;
import java.util.Locale;

/** The services that run, in the order of their start: whom others ask comes first. */
enum Service {
    ANALYTICS(1, AnalyticsApplication.class, "Analytics", "Metrics of transactions, and their summary."),
    CRM(2, CrmApplication.class, "CRM", "The customers."),
    INVENTORY(3, InventoryApplication.class, "Inventory", "Stock levels, reservations and their history."),
    FURNITURE(4, FurnitureApplication.class, "Furniture", "The furniture catalogue."),
    FOOD(5, FoodApplication.class, "Food", "The food catalogue, with what the inventory has in stock."),
    ACCOUNTING(6, AccountingApplication.class, "Accounting", "Transactions, with the customers of the CRM.");

    private final int offset;
    private final Class<?> application;
    private final String title;
    private final String description;

    /**
     * @param offset its port is so many above that of the start page
     * @param application its {@code @SpringBootApplication}
     * @param title its name for people
     * @param description one sentence for the start page
     */
    Service(int offset, Class<?> application, String title, String description) {
        this.offset = offset;
        this.application = application;
        this.title = title;
        this.description = description;
    }

    /** As its contract and its schema are called. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    int port(int portBase) {
        return portBase + offset;
    }

    Class<?> application() {
        return application;
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }
}
