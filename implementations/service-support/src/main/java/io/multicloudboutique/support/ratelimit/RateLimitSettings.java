package io.multicloudboutique.support.ratelimit;

import io.multicloudboutique.support.StartupRefused;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The setting of the rate limit.
 *
 * @param requestsPerSecond {@code BOUTIQUE_RATELIMIT_REQUESTSPERSECOND}: the number of requests that each caller may
 *     send to this instance in a second; no limit by default
 */
@ConfigurationProperties("boutique.rate-limit")
record RateLimitSettings(@Nullable String requestsPerSecond) {

    private static final Pattern FROM_ONE_TO_A_MILLION = Pattern.compile("[1-9][0-9]{0,5}|1000000");

    static RateLimitSettings of(Environment environment) {
        return Binder.get(environment).bindOrCreate("boutique.rate-limit", RateLimitSettings.class);
    }

    /**
     * Returns the limit in requests per second; empty if there is none.
     *
     * @throws StartupRefused if the setting is not a valid number
     */
    OptionalInt limit() {
        if (!StringUtils.hasLength(requestsPerSecond)) {
            return OptionalInt.empty();
        }
        if (!FROM_ONE_TO_A_MILLION.matcher(requestsPerSecond).matches()) {
            throw new StartupRefused("BOUTIQUE_RATELIMIT_REQUESTSPERSECOND must be a whole number from 1 to 1000000.");
        }
        return OptionalInt.of(Integer.parseInt(requestsPerSecond));
    }
}
