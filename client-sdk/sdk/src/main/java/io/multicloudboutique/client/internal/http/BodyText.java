package io.multicloudboutique.client.internal.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the body of a failed call as text, for people. */
final class BodyText {

    /** The limit in bytes. An exception may be kept for a long time, and the page of a proxy says little more. */
    private static final int LIMIT = 8 * 1024;

    private static final int LONGEST_LINE = 200;

    private static final Pattern TITLE = Pattern.compile("(?is)<title>(.*?)</title>");
    private static final Pattern TAG = Pattern.compile("<[^<>]*(>|$)");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

    private BodyText() {}

    /** Returns the start of the body; empty if the body is compressed. */
    static String of(byte[] body, Map<String, Collection<String>> headers) {
        if (compression(headers).isPresent()) {
            return "";
        }
        var charset = ContentType.of(headers).charset().orElse(StandardCharsets.UTF_8);
        var text = CharBuffer.allocate(LIMIT);
        charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                // Ignores the first bytes of a character whose other bytes are beyond the limit.
                .decode(ByteBuffer.wrap(body, 0, Math.min(body.length, LIMIT)), text, body.length <= LIMIT);
        return text.flip().toString();
    }

    /** Returns the compression of the body; empty if it has none. The SDK accepts none. */
    static Optional<String> compression(Map<String, Collection<String>> headers) {
        return headers.getOrDefault("Content-Encoding", List.of()).stream()
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .findFirst();
    }

    /** Returns the title of an HTML page, or the first line of any other text; empty if there is none. */
    static Optional<String> firstLine(String body) {
        var title = TITLE.matcher(body);
        var text = title.find() ? title.group(1) : body;
        return TAG.matcher(text)
                .replaceAll(" ")
                .lines()
                .map(line -> printable(line, LONGEST_LINE))
                .filter(line -> !line.isEmpty())
                .findFirst();
    }

    /** Returns the text as one line of at most {@code limit} characters, because it becomes part of a message. */
    static String printable(String text, int limit) {
        var line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        if (line.length() <= limit) {
            return line;
        }
        var end = Character.isHighSurrogate(line.charAt(limit - 1)) ? limit - 1 : limit;
        return line.substring(0, end) + "…";
    }
}
