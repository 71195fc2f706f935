package io.multicloudboutique.client;

/** An attempt that is about to be sent. Made by the SDK; for the thread that it is given to. */
public interface Attempt {

    /** Where it goes. */
    BoutiqueService service();

    /** The operation of the contract, such as {@code createReservation}. */
    String operation();

    /** The HTTP method. */
    String method();

    /** The URL without its query, which may hold personal data. */
    String url();

    /** The id of the request, the same in all attempts of a call. */
    String requestId();

    /** 1 for the first attempt of a call, 2 for its first repetition, and so on. */
    int number();

    /**
     * Sends a header with this attempt, such as {@code traceparent}. It replaces one that was set like this before.
     *
     * @throws IllegalArgumentException if the SDK sends this header itself, or HTTP does not allow it
     */
    void header(String name, String value);
}
