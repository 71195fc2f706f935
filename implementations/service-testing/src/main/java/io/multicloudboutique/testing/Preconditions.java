package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Checks that a service evaluates {@code If-None-Match} and {@code If-Match} as RFC 9110 defines them. */
public final class Preconditions {

    private Preconditions() {}

    /** Reads the item at this path with all forms of {@code If-None-Match}. */
    public static void assertIfNoneMatch(ContractClient client, String path) {
        var tag = client.get(path).expect(200).header("ETag");

        for (var known : List.of(tag, "*", "W/" + tag, "\"77\", " + tag, "\"77\",W/" + tag + " , \"78\"")) {
            var answer = client.get(path).header("If-None-Match", known).expect(304);
            assertThat(answer.header("ETag")).as(known).isEqualTo(tag);
            assertThat(answer.body()).as(known).isEmpty();
        }
        // Several headers are one list.
        client.get(path)
                .header("If-None-Match", "\"77\"")
                .header("If-None-Match", tag)
                .expect(304);
        for (var unknown : List.of("\"77\"", "W/\"77\"", "\"\"", "\"*\"", "\"77\", \"78\"")) {
            client.get(path).header("If-None-Match", unknown).expect(200);
        }
        for (var malformed : List.of("77", "* ,\"77\"", "\"77\" \"78\"", "w/\"77\"", "\"77\",")) {
            client.get(path).header("If-None-Match", malformed).expectProblem(400, "validation-failed");
        }
    }

    /**
     * Changes the item at this path with all forms of {@code If-Match}.
     *
     * @param change the JSON of a change
     */
    public static void assertIfMatch(ContractClient client, String path, String change) {
        for (var outdated : List.of("\"77\"", "W/%s", "\"77\", \"78\"", "\"\"", "\"*\"", "\"77,78\"")) {
            var tag = client.get(path).expect(200).header("ETag");
            client.put(path)
                    .header("If-Match", outdated.replace("%s", tag))
                    .json(change)
                    .expectProblem(412, "precondition-failed");
        }
        for (var current : List.of("%s", "*", "\"77\", %s", "W/\"77\",%s , \"78\"")) {
            var tag = client.get(path).expect(200).header("ETag");
            client.put(path)
                    .header("If-Match", current.replace("%s", tag))
                    .json(change)
                    .expect(200);
        }
        var tag = client.get(path).expect(200).header("ETag");
        client.put(path)
                .header("If-Match", "\"77\"")
                .header("If-Match", tag)
                .json(change)
                .expect(200);
        for (var malformed : List.of("77", "*,\"77\"", "\"77\" \"78\"", "w/\"77\"", "\"77\",")) {
            client.put(path).header("If-Match", malformed).json(change).expectProblem(400, "validation-failed");
        }
    }
}
