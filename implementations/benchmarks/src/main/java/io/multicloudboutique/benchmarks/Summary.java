package io.multicloudboutique.benchmarks;

import java.util.List;

/** The median, the least and the greatest of some values. */
record Summary(double median, double min, double max) {

    /** Summarizes at least one value. */
    static Summary of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return new Summary(
                (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2, sorted.get(0), sorted.get(size - 1));
    }
}
