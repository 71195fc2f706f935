package io.multicloudboutique.client;

import java.util.Locale;

/** The six services. */
public enum BoutiqueService {
    /** How transactions went, summed up. */
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

    /** Its port in a local platform whose start page has {@code portBase}. */
    int localPort(int portBase) {
        return portBase + localOffset;
    }

    /** Its name in lower case, as the contracts have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
