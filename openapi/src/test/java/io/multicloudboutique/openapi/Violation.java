package io.multicloudboutique.openapi;

/** A place that does not keep a rule, and what to do about it. */
record Violation(String place, String remedy) {

    @Override
    public String toString() {
        return place + ": " + remedy;
    }
}
