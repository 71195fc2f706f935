package io.multicloudboutique.client;

import java.util.Locale;

/** The services of Multicloud Boutique. */
public enum BoutiqueService {
    /** The analytics service, which manages performance metrics of transactions and their summary. */
    ANALYTICS(1),
    /** The CRM service, which manages customers. */
    CRM(2),
    /** The inventory service, which manages stock levels and reservations. */
    INVENTORY(3),
    /** The furniture service, which manages the furniture catalogue. */
    FURNITURE(4),
    /** The food service, which manages the food catalogue. */
    FOOD(5),
    /** The accounting service, which manages transactions. */
    ACCOUNTING(6);

    private final int localOffset;

    BoutiqueService(int localOffset) {
        this.localOffset = localOffset;
    }

    /** Returns the port of this service on a local platform whose start page has the port {@code portBase}. */
    int localPort(int portBase) {
        return portBase + localOffset;
    }

    /** Returns the name of the service in lower case, as in the contracts. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
