package io.multicloudboutique.client;

/**
 * One HTTP request of a call, just before the SDK sends it. A retry is another attempt of the same call. Only the SDK
 * creates instances. Not thread-safe: use an attempt only on the thread that passes it to the {@link AttemptListener}.
 */
public interface Attempt {

    /** The service to which the attempt is sent. */
    BoutiqueService service();

    /** The operation in the contract, such as {@code createReservation}. */
    String operation();

    /** The HTTP method. */
    String method();

    /** The URL without its query, because a query may contain personal data. */
    String url();

    /** The id of the request. All attempts of a call have the same id. */
    String requestId();

    /** The number of this attempt: 1 for the first attempt of a call, 2 for its first retry, and so on. */
    int number();

    /**
     * Adds a header to this attempt, such as {@code traceparent}. Setting a header again replaces its value.
     *
     * @throws IllegalArgumentException if the SDK sets this header itself, or if HTTP does not allow its name or value
     */
    void header(String name, String value);
}
