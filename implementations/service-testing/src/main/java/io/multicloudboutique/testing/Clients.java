package io.multicloudboutique.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Clients that call a service at the same time, each in a thread of its own. */
public final class Clients {

    private Clients() {}

    /**
     * Starts the calls of all clients at the same moment and returns their results, in the order of the clients.
     *
     * @param clients the number of clients
     * @param client returns the calls of a client, by its number from 0
     * @throws ExecutionException if the calls of a client failed
     */
    public static <T> List<T> simultaneously(int clients, IntFunction<Callable<T>> client)
            throws InterruptedException, ExecutionException {
        var ready = new CountDownLatch(clients);
        var threads = Executors.newFixedThreadPool(clients);
        try {
            var futures = new ArrayList<Future<T>>();
            for (int i = 0; i < clients; i++) {
                var call = client.apply(i);
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
