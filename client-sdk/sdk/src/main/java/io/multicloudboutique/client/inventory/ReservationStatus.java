package io.multicloudboutique.client.inventory;

/** Whether a reservation holds stock, and if not, how it ended. */
public enum ReservationStatus {
    /** It holds its stock. */
    ACTIVE,
    /** Its stock has left for good. */
    CONFIRMED,
    /** It was given up; its stock is back. */
    CANCELLED,
    /** Nobody confirmed it in time; its stock is back. */
    EXPIRED,
    /** Something that a newer service knows and this version of the SDK does not. */
    UNKNOWN
}
