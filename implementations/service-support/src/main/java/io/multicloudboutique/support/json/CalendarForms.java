package io.multicloudboutique.support.json;

import java.util.regex.Pattern;

/**
 * How days and moments are written. Java reads more than that, such as years before 1 and of five digits and offsets of 18 hours,
 * which the database reads otherwise or not at all.
 */
public final class CalendarForms {

    /** A day, {@code 2025-07-20}; whether a calendar has it is another question. */
    public static final Pattern DATE = Pattern.compile("(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** A moment with its offset, {@code 2025-07-20T10:00:00.5+02:00}, as RFC 3339 has it. */
    public static final Pattern DATE_TIME = Pattern.compile(
            DATE + "[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-](0[0-9]|1[0-5]):[0-5][0-9])");

    private CalendarForms() {}
}
