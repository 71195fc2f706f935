package io.multicloudboutique.client.errors;

import java.util.Locale;

/** What went wrong, for programs. The set is closed: a service answers with no other. */
public enum ProblemCode {
    /** The request cannot be read. */
    MALFORMED_REQUEST,
    /** The request breaks the contract. */
    VALIDATION_FAILED,
    /** Credentials are missing or not valid. */
    UNAUTHENTICATED,
    /** The credentials do not allow it. */
    FORBIDDEN,
    /** There is nothing with this id. */
    NOT_FOUND,
    /** The method does nothing here. */
    METHOD_NOT_ALLOWED,
    /** There is no representation that was asked for. */
    NOT_ACCEPTABLE,
    /** It already exists. */
    ALREADY_EXISTS,
    /** Less is available than was asked for. */
    INSUFFICIENT_STOCK,
    /** More is reserved than the new stock level. */
    STOCK_BELOW_RESERVED,
    /** More was to be released than is reserved outside of carts. */
    RELEASE_EXCEEDS_RESERVED,
    /** The reservation has ended in another way. */
    RESERVATION_NOT_ACTIVE,
    /** Something else has this reference. */
    REFERENCE_TAKEN,
    /** A request with this idempotency key is still running. */
    REQUEST_IN_PROGRESS,
    /** It has changed since it was read. */
    PRECONDITION_FAILED,
    /** The body is too large. */
    CONTENT_TOO_LARGE,
    /** The body is not JSON. */
    UNSUPPORTED_MEDIA_TYPE,
    /** The idempotency key belongs to another request. */
    IDEMPOTENCY_KEY_REUSED,
    /** Too many requests of this caller. */
    RATE_LIMITED,
    /** A fault of the service. */
    INTERNAL,
    /** The service cannot serve at the moment. */
    UNAVAILABLE,
    /** Something that a newer service knows and this version of the SDK does not: go by the status. */
    UNKNOWN;

    /** The code as the contracts write it, such as {@code insufficient-stock}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
