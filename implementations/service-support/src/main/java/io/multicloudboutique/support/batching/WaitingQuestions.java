package io.multicloudboutique.support.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.ToIntFunction;

/**
 * The questions that no batch has taken yet, and the lanes that take them. A lane is occupied as long as questions are
 * waiting. Thread-safe.
 */
final class WaitingQuestions<T> {

    private final int lanes;
    private final int maxBatch;
    private final int maxWaiting;
    private final ToIntFunction<T> weightOf;
    private final Queue<T> waiting = new ArrayDeque<>();
    private int weight;
    private int occupiedLanes;

    /** The limits are those of {@link Batcher}. */
    WaitingQuestions(int lanes, int maxBatch, int maxWaiting, ToIntFunction<T> weightOf) {
        this.lanes = lanes;
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
        this.weightOf = weightOf;
    }

    /** Returns the weight of all questions. */
    synchronized int weight() {
        return weight;
    }

    /** Adds a question, or returns false if too many are waiting. */
    synchronized boolean add(T question) {
        if (weight >= maxWaiting) {
            return false;
        }
        weight += weightOf.applyAsInt(question);
        return waiting.add(question);
    }

    /** Removes a question, unless a batch has taken it. */
    synchronized void drop(T question) {
        if (waiting.removeIf(other -> other == question)) {
            weight -= weightOf.applyAsInt(question);
        }
    }

    /** Occupies a lane, or returns false if all are occupied. */
    synchronized boolean occupyLane() {
        if (occupiedLanes == lanes) {
            return false;
        }
        occupiedLanes++;
        return true;
    }

    /** Keeps a lane occupied if questions are waiting. Otherwise frees it and returns false. */
    synchronized boolean keepLane() {
        occupiedLanes -= waiting.isEmpty() ? 1 : 0;
        return !waiting.isEmpty();
    }

    /** Takes the questions of the next batch. It is empty if another lane has taken all of them. */
    synchronized List<T> nextBatch() {
        var batch = new ArrayList<T>();
        var room = maxBatch;
        while (!waiting.isEmpty() && (batch.isEmpty() || weightOf.applyAsInt(waiting.peek()) <= room)) {
            var question = waiting.remove();
            batch.add(question);
            room -= weightOf.applyAsInt(question);
            weight -= weightOf.applyAsInt(question);
        }
        return batch;
    }
}
