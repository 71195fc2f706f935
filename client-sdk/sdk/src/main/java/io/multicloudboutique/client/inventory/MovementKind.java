package io.multicloudboutique.client.inventory;

/** The kind of a stock movement. */
public enum MovementKind {
    /** The product was added to the inventory. */
    OPENING,
    /** The stock level was set. */
    ADJUSTMENT,
    /** Unassigned stock was reserved. */
    RESERVE,
    /** Unassigned stock was released. */
    RELEASE,
    /** A reservation was created and holds the stock. */
    HOLD,
    /** A reservation was confirmed. */
    CONFIRM,
    /** A reservation was cancelled. */
    CANCEL,
    /** A reservation expired. */
    EXPIRE,
    /** A newer service returned a value that this version of the SDK does not know. */
    UNKNOWN
}
