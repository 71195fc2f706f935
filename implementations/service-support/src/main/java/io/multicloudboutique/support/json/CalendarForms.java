package io.multicloudboutique.support.json;

import java.util.regex.Pattern;

/**
 * The forms of dates and timestamps that services accept. Java also parses other forms, such as years before 1, years
 * with five digits, and offsets of 18 hours. The database rejects these or interprets them differently.
 */
public final class CalendarForms {

    /**
     * The form of a date, such as {@code 2025-07-20}. A match may still be a date that does not exist, such as February
     * 30.
     */
    public static final Pattern DATE = Pattern.compile("(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** The form of an RFC 3339 timestamp with an offset, such as {@code 2025-07-20T10:00:00.5+02:00}. */
    public static final Pattern DATE_TIME = Pattern.compile(
            DATE + "[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-](0[0-9]|1[0-5]):[0-5][0-9])");

    private CalendarForms() {}
}
