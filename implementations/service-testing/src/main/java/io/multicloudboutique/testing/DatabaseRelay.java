package io.multicloudboutique.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards connections to a database. Connections can be silenced: they stay open, but no byte passes any more, as in a
 * network that drops packets. Thread-safe.
 */
public final class DatabaseRelay implements AutoCloseable {

    private final URI database;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Silence current = new Silence();

    /** The silence that the connections of one period share. */
    private static final class Silence {

        private boolean silent;

        synchronized void set(boolean silent) {
            this.silent = silent;
            notifyAll();
        }

        synchronized void awaitEnd() throws InterruptedException {
            while (silent) {
                wait();
            }
        }
    }

    /** @param databaseUrl the URL of the database, in the form of {@code DATABASE_URL} */
    public DatabaseRelay(String databaseUrl) throws IOException {
        database = URI.create(databaseUrl);
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        inBackground(this::acceptAll);
    }

    /** Returns the URL of the database through this relay, in the form of {@code DATABASE_URL}. */
    public String url() {
        return database.toString().replace(":" + database.getPort() + "/", ":" + server.getLocalPort() + "/");
    }

    /** Silences all connections that are open now, for good. New connections work. */
    public void silenceOpenConnections() {
        current.set(true);
        current = new Silence();
    }

    /** Silences all connections, also new ones, until {@link #speakAgain}. */
    public void fallSilent() {
        current.set(true);
    }

    /** Ends the silence. Connections that {@link #silenceOpenConnections} has silenced stay silent. */
    public void speakAgain() {
        current.set(false);
    }

    private void acceptAll() {
        try {
            while (true) {
                var client = server.accept();
                var service = new Socket(database.getHost(), database.getPort());
                sockets.add(client);
                sockets.add(service);
                var silence = current;
                inBackground(() -> pump(client, service, silence));
                inBackground(() -> pump(service, client, silence));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void pump(Socket from, Socket to, Silence silence) {
        var buffer = new byte[8192];
        try (from;
                to) {
            for (int read; (read = from.getInputStream().read(buffer)) >= 0; ) {
                silence.awaitEnd();
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException ended) {
            // One connection has ended, so both are closed.
        }
    }

    private static void inBackground(Runnable task) {
        var thread = new Thread(task, "database-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
