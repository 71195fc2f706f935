package io.multicloudboutique.support.paging;

import io.multicloudboutique.support.json.CalendarForms;
import io.multicloudboutique.support.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A position in a list, identified by the key of the item before it. Clients treat it as opaque. Its encoded form begins
 * with a digest of the list and the key, so that a cursor of another list, or a damaged one, is recognized. The digest is
 * not a signature: a client that computes it can start a page wherever it likes, which does no harm. Immutable.
 *
 * @param list the list and its filters; empty until the cursor belongs to a page
 * @param text the key of the item before the position
 */
public record Cursor(String list, String text) {

    /** The form of a key: a number, a product id, or a date or timestamp followed by a number. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_:.-]{1,64}");

    private static final char SEPARATOR = '_';

    private static final int DIGEST_BYTES = 6;

    /** Returns the position after the item with this number. */
    public static Cursor at(long number) {
        return at(Long.toString(number));
    }

    /** Returns the position after the item with this key, which has at most 64 letters, digits, and {@code _ - . :}. */
    public static Cursor at(String key) {
        return new Cursor("", key);
    }

    /**
     * Returns the position after an item in a list that is ordered by a date or timestamp and then by a number.
     *
     * @param order the item's date, or its timestamp in UTC
     * @param number the item's number
     */
    public static Cursor at(Temporal order, long number) {
        return at(order.toString() + SEPARATOR + number);
    }

    /** Returns the same position as a cursor of this list. */
    public Cursor in(String list) {
        return new Cursor(list, text);
    }

    static Cursor decode(String list, String encoded) {
        try {
            var bytes = Base64.getUrlDecoder().decode(encoded);
            if (bytes.length > DIGEST_BYTES) {
                var key = new String(bytes, DIGEST_BYTES, bytes.length - DIGEST_BYTES, StandardCharsets.US_ASCII);
                var cursor = new Cursor(list, key);
                // The comparison also rejects other encodings of the same bytes.
                if (KEY.matcher(key).matches() && cursor.encoded().equals(encoded)) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw invalid();
    }

    /** Returns the form that clients send. */
    public String encoded() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(digest());
        bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private byte[] digest() {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest((list + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    long number() {
        try {
            return Long.parseLong(text.substring(text.lastIndexOf(SEPARATOR) + 1));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    <T extends Temporal> T order(Function<String, T> parse) {
        try {
            var order = text.substring(0, Math.max(0, text.lastIndexOf(SEPARATOR)));
            if (CalendarForms.DATE.matcher(order).matches()
                    || CalendarForms.DATE_TIME.matcher(order).matches()) {
                return parse.apply(order);
            }
        } catch (DateTimeException e) {
            // reported below
        }
        throw invalid();
    }

    private static ProblemException invalid() {
        return ProblemException.invalid(
                "query:cursor", "must be the Next-Cursor of the previous page of the same list with the same filters");
    }
}
