package io.multicloudboutique.client.inventory;

/** Whether a reservation holds stock and, if not, how it ended. */
public enum ReservationStatus {
    /** The reservation holds its stock. */
    ACTIVE,
    /** The reservation was confirmed; its quantities were deducted from the stock levels. */
    CONFIRMED,
    /** The reservation was cancelled; its stock is available again. */
    CANCELLED,
    /** The reservation was not confirmed in time; its stock is available again. */
    EXPIRED,
    /** A newer service returned a value that this version of the SDK does not know. */
    UNKNOWN
}
