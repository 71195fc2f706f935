package io.multicloudboutique.benchmarks;

/** A program to measure: our services or one of their peers. All have the same operations and bodies. */
interface Target {

    /** A product that every target has. */
    String A_PRODUCT = "/inventory/product-0001";

    String name();

    /** One line for a reader of the results. */
    String description();

    /**
     * Starts the process of a {@link #host}, with 1,000 products whose stock never runs out.
     *
     * @param inventoryUrl the address of this target's inventory, for the menu
     */
    ServerProcess start(Service service, String inventoryUrl);

    /** Returns the service whose process also answers for the given service. */
    Service host(Service service);

    /** The path that answers 200 as soon as the service is ready. */
    static String readyPath(Service service) {
        return service == Service.FOOD ? "/food" : A_PRODUCT;
    }
}
