package io.multicloudboutique.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A step of an executed plan. Immutable.
 *
 * @param json the step in the format of {@code EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)}. Its row counts are averages
 *     for one loop. Its counts of pages and index searches are totals.
 */
record PlanNode(JsonNode json) {

    private static final String REMOVED = "Rows Removed by ";

    String type() {
        return json.path("Node Type").asString();
    }

    /** Returns the table that the step reads or writes; empty if there is none. */
    String table() {
        return json.path("Relation Name").asString("");
    }

    /** Returns whether the step reads a table or an index. */
    boolean isScan() {
        return type().endsWith("Scan") && (json.has("Relation Name") || json.has("Index Name"));
    }

    long loops() {
        return json.path("Actual Loops").asLong();
    }

    /** Returns the number of rows that the step returned, summed over all loops. */
    long rows() {
        return Math.round(json.path("Actual Rows").asDouble() * loops());
    }

    /** Returns the number of rows that the step read and discarded, summed over all loops. */
    long removed() {
        return Math.round(json.propertyNames().stream()
                        .filter(name -> name.startsWith(REMOVED))
                        .mapToDouble(name -> json.path(name).asDouble())
                        .sum()
                * loops());
    }

    /** Returns how many times the step started at the root of an index or at the beginning of a table. */
    long lookups() {
        return Math.max(loops(), json.path("Index Searches").asLong(0));
    }

    /** Returns the number of pages (8 KB each) that the step and all steps below it touched. */
    long pages() {
        return json.path("Shared Hit Blocks").asLong()
                + json.path("Shared Read Blocks").asLong();
    }

    List<PlanNode> children() {
        return json.path("Plans").valueStream().map(PlanNode::new).toList();
    }

    Stream<PlanNode> withDescendants() {
        return Stream.concat(Stream.of(this), children().stream().flatMap(PlanNode::withDescendants));
    }

    /** Returns the type of the step, with its index and table as {@code EXPLAIN} shows them. */
    String title() {
        return type()
                + (json.has("Index Name") ? " using " + json.path("Index Name").asString() : "")
                + (table().isEmpty() ? "" : " on " + table());
    }

    /** Returns the step and all steps below it as a tree, one line for each step and condition. */
    String describe(String indent) {
        var conditions = json.propertyStream()
                .filter(property -> property.getKey().endsWith("Cond")
                        || property.getKey().endsWith("Filter")
                        || property.getKey().equals("Sort Key"))
                .map(property -> indent + "     " + property.getKey() + ": "
                        + (property.getValue().isString()
                                ? property.getValue().asString()
                                : property.getValue().toString())
                        + "\n");
        var below = children().stream().map(child -> child.describe(indent + "  "));
        return indent + "-> " + title() + "  (rows " + rows() + ", removed " + removed() + ", lookups " + lookups()
                + ", pages " + pages() + ")\n"
                + Stream.concat(conditions, below).collect(Collectors.joining());
    }
}
