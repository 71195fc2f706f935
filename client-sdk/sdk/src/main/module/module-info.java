/** The Java client of Multicloud Boutique's six services. */
module io.multicloudboutique.client {
    exports io.multicloudboutique.client;
    exports io.multicloudboutique.client.accounting;
    exports io.multicloudboutique.client.analytics;
    exports io.multicloudboutique.client.checkout;
    exports io.multicloudboutique.client.crm;
    exports io.multicloudboutique.client.errors;
    exports io.multicloudboutique.client.food;
    exports io.multicloudboutique.client.furniture;
    exports io.multicloudboutique.client.inventory;

    requires transitive java.net.http;
    requires static org.jspecify;

    // What Feign and Jackson require. Feign loads a class that uses java.beans.
    requires java.desktop;
    requires java.logging;
    requires java.xml;
    requires static java.sql;
}
