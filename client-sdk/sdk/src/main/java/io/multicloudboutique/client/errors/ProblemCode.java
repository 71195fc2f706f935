package io.multicloudboutique.client.errors;

import java.util.Locale;

/** Identifies a problem for programs. The services return no other codes; a newer version may add codes. */
public enum ProblemCode {
    /** The request is malformed. */
    MALFORMED_REQUEST,
    /** The request violates a rule of the contract. */
    VALIDATION_FAILED,
    /** The credentials are missing or not valid. */
    UNAUTHENTICATED,
    /** The credentials do not permit the operation. */
    FORBIDDEN,
    /** No item has this id. */
    NOT_FOUND,
    /** The path does not support the method. */
    METHOD_NOT_ALLOWED,
    /** The Accept header allows none of the available representations. */
    NOT_ACCEPTABLE,
    /** An item with this id already exists. */
    ALREADY_EXISTS,
    /** The requested quantity exceeds the available quantity. */
    INSUFFICIENT_STOCK,
    /** The new stock level is below the reserved quantity. */
    STOCK_BELOW_RESERVED,
    /** The product cannot be archived, because some of it is reserved. */
    PRODUCT_RESERVED,
    /** The product is archived, so its stock can be neither reserved nor held. */
    PRODUCT_ARCHIVED,
    /** The quantity exceeds the unassigned quantity of the product. */
    RELEASE_EXCEEDS_RESERVED,
    /** The reservation has already ended with a different outcome. */
    RESERVATION_NOT_ACTIVE,
    /** The reservation is not confirmed, so its goods cannot be returned. */
    RESERVATION_NOT_CONFIRMED,
    /** Other quantities of the reservation have already been returned. */
    ALREADY_RETURNED,
    /** Another item has this reference. */
    REFERENCE_TAKEN,
    /** The amount exceeds what is left of the price. */
    REFUND_EXCEEDS_REST,
    /** The transaction is a refund or has one, so it cannot be deleted, and its price cannot change. */
    TRANSACTION_REFUNDED,
    /** A request with this idempotency key is still in progress. */
    REQUEST_IN_PROGRESS,
    /** The item has changed since it was read. */
    PRECONDITION_FAILED,
    /** The request body is too large. */
    CONTENT_TOO_LARGE,
    /** The path and the query are too long. */
    URI_TOO_LONG,
    /** The request body is not JSON, or is compressed. */
    UNSUPPORTED_MEDIA_TYPE,
    /** The idempotency key was already used with a different body. */
    IDEMPOTENCY_KEY_REUSED,
    /** The caller sends too many requests. */
    RATE_LIMITED,
    /** The request headers are too large. */
    HEADERS_TOO_LARGE,
    /** The service has failed because of an internal error. */
    INTERNAL,
    /** The service is temporarily unavailable. */
    UNAVAILABLE,
    /** A newer service returned a code that this version of the SDK does not know. Use the HTTP status instead. */
    UNKNOWN;

    /** Returns the code as in the contracts, such as {@code insufficient-stock}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
