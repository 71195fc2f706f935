package io.multicloudboutique.support.versions;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Strong entity tags out of version numbers, and the preconditions that name them. */
public final class EntityTags {

    private EntityTags() {}

    private static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** 200 with an item of this version. */
    public static <B> ResponseEntity<B> ok(long version, B body) {
        return ResponseEntity.ok().eTag(tag(version)).body(body);
    }

    /**
     * 201 with a new item of this version.
     *
     * @param location where it can be read, relative to the request's URL
     */
    public static <B> ResponseEntity<B> created(String location, long version, B body) {
        return ResponseEntity.created(URI.create(location)).eTag(tag(version)).body(body);
    }

    /**
     * Refuses a change that was decided upon another version.
     *
     * @param ifMatch the header, well formed, or null if there is none
     * @param version the version that the item has
     */
    public static void requireMatch(@Nullable String ifMatch, long version) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return;
        }
        var tag = tag(version);
        if (Arrays.stream(ifMatch.split(",")).map(String::trim).noneMatch(tag::equals)) {
            throw new ProblemException(
                    ProblemCodeDto.PRECONDITION_FAILED,
                    "If-Match does not match the current version " + tag
                            + ". Read the item again and decide whether your change still applies.");
        }
    }
}
