package io.multicloudboutique.client.errors;

/**
 * One rule of the contract that a request breaks.
 *
 * @param pointer where: a JSON pointer into the body ({@code /lines/0/quantity}, empty for the whole body), or the name of
 *     the parameter behind {@code query:} or {@code header:}
 * @param message the rule, in words
 */
public record Violation(String pointer, String message) {}
