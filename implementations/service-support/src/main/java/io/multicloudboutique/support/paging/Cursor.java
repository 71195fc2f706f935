package io.multicloudboutique.support.paging;

import io.multicloudboutique.support.json.CalendarForms;
import io.multicloudboutique.support.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.temporal.Temporal;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A position in a list, identified by the key of the item before it. Clients treat it as opaque. Immutable.
 *
 * @param text the key of the item before the position
 */
public record Cursor(String text) {

    /** The form of a key: a number, a product id, or a date or timestamp followed by a number. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_:.-]{1,64}");

    private static final char SEPARATOR = '_';

    /** Returns the position after the item with this number. */
    public static Cursor at(long number) {
        return new Cursor(Long.toString(number));
    }

    /**
     * Returns the position after an item in a list that is ordered by a date or timestamp and then by a number.
     *
     * @param order the item's date, or its timestamp in UTC
     * @param number the item's number
     */
    public static Cursor at(Temporal order, long number) {
        return new Cursor(order.toString() + SEPARATOR + number);
    }

    static Cursor decode(String encoded) {
        try {
            var bytes = Base64.getUrlDecoder().decode(encoded);
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (KEY.matcher(text).matches()) {
                return new Cursor(text);
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // reported below
        }
        throw invalid();
    }

    String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
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
                "query:cursor", "must be copied from the Next-Cursor header of the previous page");
    }
}
