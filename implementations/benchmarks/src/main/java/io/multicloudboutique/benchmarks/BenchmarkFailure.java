package io.multicloudboutique.benchmarks;

/** The benchmark cannot run, or its numbers would be wrong. The message is for the person who runs it. */
public final class BenchmarkFailure extends RuntimeException {

    BenchmarkFailure(String message) {
        super(message);
    }

    BenchmarkFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
