package io.multicloudboutique.launcher;

import io.multicloudboutique.accounting.AccountingApplication;
import io.multicloudboutique.analytics.AnalyticsApplication;
import io.multicloudboutique.crm.CrmApplication;
import io.multicloudboutique.food.FoodApplication;
import io.multicloudboutique.furniture.FurnitureApplication;
import io.multicloudboutique.inventory.InventoryApplication;
import io.multicloudboutique.support.StartupRefused;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The services, in the order of their start: an upstream service comes before the services that call it. */
enum Service {
    ANALYTICS(1, AnalyticsApplication.class, "Analytics", "Metrics of transactions, and their summary."),
    CRM(2, CrmApplication.class, "CRM", "The customers."),
    INVENTORY(3, InventoryApplication.class, "Inventory", "Stock levels, reservations and their history."),
    FURNITURE(4, FurnitureApplication.class, "Furniture", "The furniture catalogue."),
    FOOD(
            5,
            FoodApplication.class,
            "Food",
            "The food catalogue, with stock levels from the inventory.",
            INVENTORY,
            "has no stock levels in its lists"),
    ACCOUNTING(
            6,
            AccountingApplication.class,
            "Accounting",
            "Transactions, with the customers of the CRM.",
            CRM,
            "has no customers in its lists");

    /** The port of a service's management server minus the service's port. */
    static final int MANAGEMENT_OFFSET = 1000;

    private final int offset;
    private final Class<?> application;
    private final String title;
    private final String description;
    private final @Nullable Service upstream;
    private final String withoutUpstream;

    Service(int offset, Class<?> application, String title, String description) {
        this(offset, application, title, description, null, "");
    }

    /**
     * @param offset the service's port minus the start page's port
     * @param application the service's {@code @SpringBootApplication} class
     * @param title the display name
     * @param description one sentence for the start page
     * @param upstream the service that this service calls, or null
     * @param withoutUpstream the effect of a missing upstream service, as in {@link #withoutUpstream()}; empty for a
     *     service without upstream
     */
    Service(
            int offset,
            Class<?> application,
            String title,
            String description,
            @Nullable Service upstream,
            String withoutUpstream) {
        this.offset = offset;
        this.application = application;
        this.title = title;
        this.description = description;
        this.upstream = upstream;
        this.withoutUpstream = withoutUpstream;
    }

    /**
     * Returns the services with these names, in the order of their start; all services if the list is empty.
     *
     * @throws StartupRefused if a name is unknown
     */
    static Set<Service> named(List<String> names) {
        if (names.isEmpty()) {
            return EnumSet.allOf(Service.class);
        }
        var services = EnumSet.noneOf(Service.class);
        for (var name : names) {
            services.add(Arrays.stream(values())
                    .filter(service -> service.id().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new StartupRefused("There is no service \"" + name + "\". The services are "
                            + Arrays.stream(values()).map(Service::id).collect(Collectors.joining(", ")) + ".")));
        }
        return services;
    }

    /** Returns the name of the service in lower case, which is also the name of its contract. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    int port(int portBase) {
        return portBase + offset;
    }

    int managementPort(int portBase) {
        return port(portBase) + MANAGEMENT_OFFSET;
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

    /** Returns the service that this service calls, if any. */
    Optional<Service> upstream() {
        return Optional.ofNullable(upstream);
    }

    /** Returns the upstream service of this service if it is not among the started services; empty otherwise. */
    Optional<Service> upstreamMissingIn(Set<Service> started) {
        return upstream().filter(service -> !started.contains(service));
    }

    /**
     * Returns what this service lacks if its upstream service has not been started. The text is a predicate that
     * follows the name of this service, for example "has no … in its lists".
     */
    String withoutUpstream() {
        return withoutUpstream;
    }
}
