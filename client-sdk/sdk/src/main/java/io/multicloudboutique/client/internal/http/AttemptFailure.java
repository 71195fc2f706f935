package io.multicloudboutique.client.internal.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The failure of an attempt without a complete response.
 *
 * @param reason the failure, with a message that names what failed
 * @param mayHaveArrived whether the request may have reached the service
 * @param temporary whether another attempt may succeed
 */
record AttemptFailure(IOException reason, boolean mayHaveArrived, boolean temporary) {

    /**
     * @param bodyRequested whether the JDK's client has started to send the body, or could not tell because the request
     *     has no body
     * @param peer the host and port to which the client connects: the service, or a proxy
     */
    static AttemptFailure of(IOException failure, boolean bodyRequested, String peer) {
        return new AttemptFailure(named(failure, peer), bodyRequested && mayFollowARequest(failure), true);
    }

    /** The proxy responded to CONNECT with 407. Its client needs other settings, so another attempt does not help. */
    static AttemptFailure ofProxyThatWantsCredentials() {
        return new AttemptFailure(
                new ConnectException("the proxy requires credentials: it responded to CONNECT with 407"), false, false);
    }

    /** Whether the failure may occur after the request was sent. */
    private static boolean mayFollowARequest(IOException failure) {
        var message = Objects.requireNonNullElse(failure.getMessage(), "");
        return !(failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof UnknownHostException
                || failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException
                // The server speaks something else than TLS.
                || message.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")
                // A proxy rejected CONNECT.
                || message.startsWith("Tunnel failed")
                // HTTP/2: the JDK's client counts its own streams, and a server may refuse one (REFUSED_STREAM).
                || message.equals("too many concurrent streams")
                || message.endsWith("Stream not processed"));
    }

    /** The JDK's client reports an unknown host and a refused connection with the same exception without a message. */
    private static IOException named(IOException failure, String peer) {
        if (!(failure instanceof ConnectException)) {
            return failure;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return initialized(new UnknownHostException("the host name of " + peer + " is unknown"), failure);
            }
        }
        var why = failure.getMessage() == null ? "refused" : failure.getMessage();
        return initialized(new ConnectException("no connection to " + peer + ": " + why), failure);
    }

    private static <E extends Exception> E initialized(E exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }
}
