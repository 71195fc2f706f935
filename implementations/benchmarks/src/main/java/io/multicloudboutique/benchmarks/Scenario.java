package io.multicloudboutique.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The work of the clients during a measurement. The requests are in {@code wrk/<name>.lua}, or in {@link #script()}. */
public enum Scenario {
    GET("GET one of 1,000 products", "get", Service.INVENTORY),
    LIST("list 50 products with the total", "list", Service.INVENTORY),
    RESERVE("reserve, spread over 1,000 products", "reserve", Service.INVENTORY),
    RESERVE_HOT("reserve one hot product", "reserve-hot", Service.INVENTORY),
    RESERVE_KEYED("reserve, a new Idempotency-Key each", "reserve-keyed", Service.INVENTORY),
    HOLD("hold three products", "hold", Service.INVENTORY),
    METRIC("record a metric", "metric", Service.ANALYTICS),
    TRANSACTION("record a transaction", "transaction", Service.ACCOUNTING),
    FOOD("GET /food with 200 products of the inventory", "food", Service.FOOD),
    GET_ALONE("GET another product, alone (16 connections)", "get-another", Service.INVENTORY),
    GET_BESIDE_HOT("the same GET, while 48 connections reserve one hot product", "get-another", Service.INVENTORY);

    /** The connections of the two scenarios that measure how much a busy product slows down the others. */
    static final int OTHER_CONNECTIONS = 16;

    static final int HOT_CONNECTIONS = 48;

    private final String title;
    private final String script;
    private final Service service;

    Scenario(String title, String script, Service service) {
        this.title = title;
        this.script = script;
        this.service = service;
    }

    /** The name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Describes the work of the clients to a reader of the results. */
    public String title() {
        return title;
    }

    /** The name of the script for wrk, without its extension. */
    String script() {
        return script;
    }

    /** The service that the clients call. */
    Service service() {
        return service;
    }

    /** All services that take part, each after the services that it calls. */
    List<Service> services() {
        return service == Service.FOOD ? List.of(Service.INVENTORY, Service.FOOD) : List.of(service);
    }

    /** The connections of the measured clients. */
    int connections(Options options) {
        return this == GET_ALONE || this == GET_BESIDE_HOT ? OTHER_CONNECTIONS : options.connections();
    }

    /** The script of further clients, whose requests keep the service busy and are not measured. */
    Optional<Scenario> background() {
        return this == GET_BESIDE_HOT ? Optional.of(RESERVE_HOT) : Optional.empty();
    }

    static Scenario of(String id) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new BenchmarkFailure("There is no scenario \"" + id + "\". Run with --help for the list."));
    }
}
