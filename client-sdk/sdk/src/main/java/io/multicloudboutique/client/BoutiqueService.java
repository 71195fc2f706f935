package io.multicloudboutique.client;

import java.util.Locale;

/** The services of Multicloud Boutique. */
public enum BoutiqueService {
    /** Performance metrics of transactions, and their summary. */
    ANALYTICS(1),
    /** Customers. */
    CRM(2),
    /** Stock levels and reservations. */
    INVENTORY(3),
    /** The furniture catalogue. */
    FURNITURE(4),
    /** The food catalogue. */
    FOOD(5),
    /** Transactions. */
    ACCOUNTING(6);

    private final int localOffset;

    BoutiqueService(int localOffset) {
        this.localOffset = localOffset;
    }

    /** Returns the port of this service on a local platform whose start page has the port {@code portBase}. */
    int localPort(int portBase) {
        return portBase + localOffset;
    }

    /** Returns the name in lower case, as in the contracts. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
