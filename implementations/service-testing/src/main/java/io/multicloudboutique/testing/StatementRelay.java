package io.multicloudboutique.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Forwards connections to a database and reads PostgreSQL's protocol along, to find the statements that the database
 * refuses. All statements pass here, whatever driver or process sends them, also those whose errors a service handles.
 * Clients connect without TLS. The relay encrypts its connections to the database. Thread-safe.
 */
final class StatementRelay implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;

    private final String host;
    private final int port;
    private final String sslMode;
    private final Consumer<Refusal> refusals;
    private final ServerSocket server;
    private final Set<Socket> clients = new HashSet<>();
    private boolean accepts = true;

    /**
     * @param sslMode one of libpq's modes
     * @param refusals receives the refusals, from several threads
     * @throws IOException if the database cannot be reached
     */
    StatementRelay(String host, int port, String sslMode, Consumer<Refusal> refusals) throws IOException {
        this.host = host;
        this.port = port;
        this.sslMode = sslMode;
        this.refusals = refusals;
        connect().close(); // or clients would only see that the relay closes their connections
        server = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        inBackground(() -> {
            while (true) {
                var client = server.accept();
                inBackground(() -> relay(client));
            }
        });
    }

    /** Closes all connections, and closes each new one at once. */
    synchronized void refuseConnections() {
        accepts = false;
        clients.forEach(StatementRelay::abort);
        clients.clear();
    }

    synchronized void acceptConnections() {
        accepts = true;
    }

    private synchronized boolean accepts(Socket client) {
        return accepts && clients.add(client);
    }

    private static void abort(Socket client) {
        try {
            client.close();
        } catch (IOException closed) {
            // It is closed in any case.
        }
    }

    /** Returns the port on 127.0.0.1 for the clients. */
    int port() {
        return server.getLocalPort();
    }

    private void relay(Socket client) throws IOException {
        if (!accepts(client)) {
            client.close();
            return;
        }
        try (client;
                var database = connect()) {
            client.setTcpNoDelay(true);
            var fromClient = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            var toClient = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
            var fromDatabase = new DataInputStream(new BufferedInputStream(database.getInputStream()));
            var toDatabase = new DataOutputStream(new BufferedOutputStream(database.getOutputStream()));
            var start = start(fromClient, toClient);
            toDatabase.writeInt(Integer.BYTES + start.capacity());
            toDatabase.write(start.array());
            toDatabase.flush();
            if (start.getInt(0) == CANCEL_REQUEST) {
                fromDatabase.read(); // until the database has closed the connection
                return;
            }
            var session = new Session();
            inBackground(() -> {
                try (client;
                        database) {
                    pump(fromClient, toDatabase, session::sent);
                }
            });
            pump(fromDatabase, toClient, session::received);
        } finally {
            forget(client);
        }
    }

    private synchronized void forget(Socket client) {
        clients.remove(client);
    }

    /** Reads the start of a session. Refuses encryption, which clients ask for before it. */
    private static ByteBuffer start(DataInputStream fromClient, DataOutputStream toClient) throws IOException {
        while (true) {
            var message = new byte[fromClient.readInt() - Integer.BYTES];
            fromClient.readFully(message);
            var code = ByteBuffer.wrap(message).getInt();
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                return ByteBuffer.wrap(message);
            }
            toClient.write('N');
            toClient.flush();
        }
    }

    private interface Observer {
        void message(char type, ByteBuffer body);
    }

    private static void pump(DataInputStream from, DataOutputStream to, Observer observer) throws IOException {
        while (true) {
            var type = from.readByte();
            var body = new byte[from.readInt() - Integer.BYTES];
            from.readFully(body);
            observer.message((char) type, ByteBuffer.wrap(body));
            to.writeByte(type);
            to.writeInt(Integer.BYTES + body.length);
            to.write(body);
            if (from.available() == 0) {
                to.flush();
            }
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        if (sslMode.equals("disable")) {
            return socket;
        }
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeLong(((long) 2 * Integer.BYTES) << Integer.SIZE | SSL_REQUEST);
        if (socket.getInputStream().read() == 'S') {
            return encrypted(socket);
        }
        if (sslMode.equals("prefer") || sslMode.equals("allow")) {
            return socket;
        }
        socket.close();
        throw new IOException("The database does not offer TLS");
    }

    private Socket encrypted(Socket socket) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, sslMode.startsWith("verify") ? null : new TrustManager[] {new TrustAny()}, null);
            var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
            if (sslMode.equals("verify-full")) {
                var parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
            }
            tls.startHandshake();
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Accepts every certificate, as libpq does with {@code sslmode=require}. */
    private static final class TrustAny implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Finds the statement of each error. Clients send further statements before they have the answers to earlier ones. */
    private final class Session {

        private final Map<String, String> prepared = new HashMap<>();
        private final Map<String, String> portals = new HashMap<>();
        private final Deque<Exchange> unanswered = new ArrayDeque<>();

        private String application = "?";

        synchronized void sent(char type, ByteBuffer body) {
            switch (type) {
                case 'Q' -> {
                    var query = new Exchange();
                    query.steps.add(text(body));
                    query.complete = true;
                    query.simple = true;
                    unanswered.add(query);
                }
                case 'P' -> {
                    var name = text(body);
                    prepared.put(name, text(body));
                    last().steps.add(prepared.get(name));
                }
                case 'B' -> {
                    var portal = text(body);
                    portals.put(portal, prepared.getOrDefault(text(body), "?"));
                    last().steps.add(portals.get(portal));
                }
                case 'E' -> last().steps.add(portals.getOrDefault(text(body), "?"));
                case 'S' -> last().complete = true;
                default -> {
                    // neither a statement nor the end of an exchange
                }
            }
        }

        private Exchange last() {
            var last = unanswered.peekLast();
            if (last == null || last.complete) {
                last = new Exchange();
                unanswered.add(last);
            }
            return last;
        }

        synchronized void received(char type, ByteBuffer body) {
            var current = unanswered.peek();
            switch (type) {
                // parsed, bound, executed in three ways
                case '1', '2', 'C', 'I', 's' -> {
                    if (current != null && !current.simple) {
                        current.steps.poll();
                    }
                }
                case 'S' -> parameter(text(body), text(body));
                case 'E' -> error(body, current == null ? null : current.steps.peek());
                case 'Z' -> {
                    // The first one ends the start of the session, before any statement.
                    if (current != null && current.complete) {
                        unanswered.poll();
                    }
                }
                default -> {
                    // no end of a step
                }
            }
        }

        private void parameter(String name, String value) {
            if (name.equals("application_name")) {
                application = value;
            }
        }

        private void error(ByteBuffer body, @Nullable String statement) {
            var fields = new HashMap<Character, String>();
            for (var field = body.get(); field != 0; field = body.get()) {
                fields.put((char) field, text(body));
            }
            var refusal = new Refusal(
                    fields.getOrDefault('C', ""),
                    fields.getOrDefault('M', ""),
                    statement == null ? "(start of the session)" : statement.strip(),
                    application);
            if (refusal.refusesStatement()) {
                refusals.accept(refusal);
            }
        }
    }

    /** Messages of a client up to a Sync, which the database answers with ReadyForQuery. */
    private static final class Exchange {

        final Deque<String> steps = new ArrayDeque<>();
        boolean complete;
        boolean simple;
    }

    private static String text(ByteBuffer body) {
        int begin = body.position();
        while (body.get() != 0) {
            // continue to the end of the string
        }
        return new String(body.array(), begin, body.position() - begin - 1, StandardCharsets.UTF_8);
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void inBackground(Task task) {
        var thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (EOFException closed) {
                        // One side has closed its connection, so both are closed.
                    } catch (IOException closed) {
                        // likewise, or the relay is closed, or the database cannot be reached, which the client notices
                    }
                },
                "statement-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
