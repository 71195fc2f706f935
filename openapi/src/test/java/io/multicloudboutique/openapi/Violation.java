package io.multicloudboutique.openapi;

/** A place that breaks a rule, and how to fix it. */
record Violation(String place, String remedy) {

    @Override
    public String toString() {
        return place + ": " + remedy;
    }
}
