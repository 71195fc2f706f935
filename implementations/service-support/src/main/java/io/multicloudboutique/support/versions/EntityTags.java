package io.multicloudboutique.support.versions;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Creates strong entity tags from version numbers, and checks preconditions. */
public final class EntityTags {

    private EntityTags() {}

    private static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Returns the response to a read: 200 with the item and the entity tag of its version, or 304 if the client accepts
     * every version as unchanged. Spring compares all other entity tags of the header when it writes the response.
     *
     * @param ifNoneMatch the If-None-Match header, well formed; null if the client sent none
     */
    public static <B> ResponseEntity<B> read(@Nullable String ifNoneMatch, long version, B body) {
        return "*".equals(ifNoneMatch)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                        .eTag(tag(version))
                        .build()
                : ok(version, body);
    }

    /** Returns a 200 response with the item and the entity tag of its version. */
    public static <B> ResponseEntity<B> ok(long version, B body) {
        return ResponseEntity.ok().eTag(tag(version)).body(body);
    }

    /**
     * Returns a 201 response with the new item and the entity tag of its version.
     *
     * @param location the URL of the new item, relative to the URL of the request
     */
    public static <B> ResponseEntity<B> created(String location, long version, B body) {
        return ResponseEntity.created(URI.create(location)).eTag(tag(version)).body(body);
    }

    /**
     * Rejects a change if the item no longer has a version that the client accepts.
     *
     * @param ifMatch the If-Match header, well formed; null or {@code *} accepts every version
     * @param version the current version of the item
     * @throws ProblemException {@code precondition-failed} if no entity tag of the header matches
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
