package io.multicloudboutique.client.inventory;

/** What happened to the stock of a product. */
public enum MovementKind {
    /** The product came into the inventory. */
    OPENING,
    /** The stock level was set. */
    ADJUSTMENT,
    /** Loose stock was reserved. */
    RESERVE,
    /** Loose stock was released. */
    RELEASE,
    /** A reservation took it. */
    HOLD,
    /** A reservation was confirmed. */
    CONFIRM,
    /** A reservation was cancelled. */
    CANCEL,
    /** A reservation expired. */
    EXPIRE,
    /** Something that a newer service knows and this version of the SDK does not. */
    UNKNOWN
}
