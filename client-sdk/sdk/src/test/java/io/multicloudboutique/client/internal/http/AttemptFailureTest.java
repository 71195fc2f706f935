package io.multicloudboutique.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures of the JDK's client exclude an effect. TransportTest provokes those that a simple server can cause. */
class AttemptFailureTest {

    static Stream<IOException> beforeTheRequest() {
        return Stream.of(
                // HTTP/2: the JDK's client has too many streams itself; the server refuses a stream.
                new IOException("too many concurrent streams"),
                new IOException("Received RST_STREAM: Stream not processed"),
                new IOException("Tunnel failed, got: 503"),
                new HttpConnectTimeoutException("HTTP connect timed out"),
                new SSLHandshakeException("Remote host terminated the handshake"));
    }

    static Stream<IOException> perhapsAfterTheRequest() {
        return Stream.of(
                new IOException("HTTP/1.1 header parser received no bytes"),
                new IOException("Received RST_STREAM: Stream cancelled"),
                new IOException("/127.0.0.1:1234: GOAWAY received"),
                new IOException(),
                new HttpTimeoutException("request timed out"),
                new SSLException("closing inbound before receiving peer's close_notify"));
    }

    @ParameterizedTest
    @MethodSource("beforeTheRequest")
    void aFailureBeforeTheRequestExcludesAnEffect(IOException failure) {
        assertThat(AttemptFailure.of(failure, true, "food.example").mayHaveArrived())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("perhapsAfterTheRequest")
    void anyOtherFailureExcludesAnEffectOnlyIfTheBodyWasNotSent(IOException failure) {
        assertThat(AttemptFailure.of(failure, true, "food.example").mayHaveArrived())
                .isTrue();
        assertThat(AttemptFailure.of(failure, false, "food.example").mayHaveArrived())
                .isFalse();
    }
}
