package io.multicloudboutique.support.versions;

import io.multicloudboutique.shared.api.ProblemCode;
import io.multicloudboutique.support.problem.ProblemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Strong entity tags out of version numbers, and the preconditions that name them. */
public final class EntityTags {

    private EntityTags() {}

    /** The tag of a version. */
    public static String tag(long version) {
        return "\"" + version + "\"";
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
                    ProblemCode.PRECONDITION_FAILED,
                    "The current version is " + tag
                            + ". Read the item again and decide whether your change still holds.");
        }
    }
}
