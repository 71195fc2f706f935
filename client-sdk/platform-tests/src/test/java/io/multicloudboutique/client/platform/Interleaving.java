package io.multicloudboutique.client.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Runs threads in turns, so that only one of them runs at a time, in an order that the seed determines. A thread runs
 * until it reaches its next {@link #turn}. Thread-safe.
 */
final class Interleaving {

    private final Random random;
    private final List<Integer> waiting = new ArrayList<>();
    private int running;
    private int next = -1;

    /** @param threads the number of threads; the first one runs when all of them wait for their first turn */
    Interleaving(long seed, int threads) {
        random = new Random(seed);
        running = threads;
    }

    /** Waits until it is this thread's turn. */
    synchronized void turn(int thread) {
        waiting.add(thread);
        running--;
        choose();
        try {
            while (next != thread) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        next = -1;
        running++;
    }

    /** Ends a thread, which takes no more turns. */
    synchronized void end() {
        running--;
        choose();
    }

    private void choose() {
        if (running == 0 && !waiting.isEmpty()) {
            next = waiting.remove(random.nextInt(waiting.size()));
            notifyAll();
        }
    }
}
