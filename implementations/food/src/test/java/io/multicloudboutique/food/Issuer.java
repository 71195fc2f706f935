package io.multicloudboutique.food;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** An OpenID Connect issuer for tests. Serves its metadata and its key set over HTTP, and signs tokens. Thread-safe. */
final class Issuer implements AutoCloseable {

    enum State {
        UP,
        FAILING,
        FOREIGN,
        SILENT
    }

    static final String AUDIENCE = "boutique";

    final RSAKey rsa = rsa("rsa");
    final ECKey ec = ec("ec");
    final AtomicInteger questions = new AtomicInteger();

    private final HttpServer server;
    private volatile State state = State.UP;
    private volatile List<JWK> keys = List.of(rsa, ec);

    Issuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "issuer");
            thread.setDaemon(true);
            return thread;
        }));
        serve(
                "/.well-known/openid-configuration",
                () -> "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}"
                        .formatted(state == State.FOREIGN ? "https://issuer.example" : url(), keySetUrl()));
        serve("/keys", () -> new JWKSet(keys).toString());
        server.start();
    }

    private void serve(String path, Supplier<String> text) {
        server.createContext(path, exchange -> {
            questions.incrementAndGet();
            if (state == State.SILENT) {
                return; // keeps the connection open
            }
            var body = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(state == State.FAILING ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String keySetUrl() {
        return url() + "/keys";
    }

    void become(State state) {
        this.state = state;
    }

    void publish(JWK... keys) {
        this.keys = List.of(keys);
    }

    /** Creates a token that is valid for food and signed with {@link #rsa}. */
    String token() {
        return token(claims -> claims);
    }

    String token(UnaryOperator<JWTClaimsSet.Builder> changes) {
        return signed(header(rsa), rsa, changes);
    }

    String signed(JWSHeader.Builder header, JWK key, UnaryOperator<JWTClaimsSet.Builder> changes) {
        try {
            JWSSigner signer = key instanceof RSAKey own ? new RSASSASigner(own) : new ECDSASigner(key.toECKey());
            return signed(header.build(), signer, changes);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String signed(JWSHeader header, JWSSigner signer, UnaryOperator<JWTClaimsSet.Builder> changes) {
        try {
            var jwt = new SignedJWT(header, changes.apply(claims()).build());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(AUDIENCE)
                .subject("tester")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(in(300))
                .claim("scope", "food:read food:write");
    }

    static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    static JWSHeader.Builder header(JWK key) {
        return new JWSHeader.Builder(key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID());
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
