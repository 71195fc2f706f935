package io.multicloudboutique.client.internal.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the delay from the header {@code Retry-After}. */
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    private static final int DIGITS_OF_INT = 9;

    private RetryAfter() {}

    /**
     * Returns the delay; zero if the header is missing, in the past, or neither a number of seconds nor a date. A date
     * is compared with the date of the response, so that the clocks of the client and of the service may differ.
     *
     * @param now the time of the client, for a response without a date
     */
    static Duration of(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After")
                .map(String::strip)
                .flatMap(value -> SECONDS.matcher(value).matches()
                        ? Optional.of(seconds(value))
                        : date(value)
                                .map(date -> Duration.between(
                                        headers.firstValue("Date")
                                                .flatMap(RetryAfter::date)
                                                .orElse(now),
                                        date)))
                .filter(pause -> !pause.isNegative())
                .orElse(Duration.ZERO);
    }

    private static Duration seconds(String number) {
        // A longer number is beyond any deadline.
        return Duration.ofSeconds(number.length() > DIGITS_OF_INT ? Integer.MAX_VALUE : Integer.parseInt(number));
    }

    private static Optional<Instant> date(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
