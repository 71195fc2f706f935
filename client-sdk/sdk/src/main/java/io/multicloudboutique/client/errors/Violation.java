package io.multicloudboutique.client.errors;

import java.io.Serializable;

/**
 * A rule of the contract that a request violates. Immutable.
 *
 * @param pointer the location of the violation: a JSON pointer into the body ({@code /lines/0/quantity}, empty for the
 *     whole body), or the name of the parameter with the prefix {@code query:} or {@code header:}
 * @param message the violated rule in words
 */
public record Violation(String pointer, String message) implements Serializable {}
