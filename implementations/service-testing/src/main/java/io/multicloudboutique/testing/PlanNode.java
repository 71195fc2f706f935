package io.multicloudboutique.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A step of an executed plan. Immutable.
 *
 * @param json as {@code EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)} writes it: what it counts is for one loop, but for pages and index searches
 */
record PlanNode(JsonNode json) {

    private static final String REMOVED = "Rows Removed by ";

    String type() {
        return json.path("Node Type").asString();
    }

    /** The table that it reads or writes; empty if there is none. */
    String table() {
        return json.path("Relation Name").asString("");
    }

    /** Whether it reads a table or an index. */
    boolean isScan() {
        return type().endsWith("Scan") && (json.has("Relation Name") || json.has("Index Name"));
    }

    long loops() {
        return json.path("Actual Loops").asLong();
    }

    /** How many rows it handed on. */
    long rows() {
        return Math.round(json.path("Actual Rows").asDouble() * loops());
    }

    /** How many rows it looked at and threw away. */
    long removed() {
        return Math.round(json.propertyNames().stream()
                        .filter(name -> name.startsWith(REMOVED))
                        .mapToDouble(name -> json.path(name).asDouble())
                        .sum()
                * loops());
    }

    /** How many times it began at the root of an index or at the start of a table. */
    long lookups() {
        return Math.max(loops(), json.path("Index Searches").asLong(0));
    }

    /** How many pages of eight kilobytes it and all below it looked at. */
    long pages() {
        return json.path("Shared Hit Blocks").asLong()
                + json.path("Shared Read Blocks").asLong();
    }

    List<PlanNode> children() {
        return json.path("Plans").valueStream().map(PlanNode::new).toList();
    }

    Stream<PlanNode> withAllBelow() {
        return Stream.concat(Stream.of(this), children().stream().flatMap(PlanNode::withAllBelow));
    }

    /** What {@code EXPLAIN} calls it, with what it did. */
    String title() {
        return type()
                + (json.has("Index Name") ? " using " + json.path("Index Name").asString() : "")
                + (table().isEmpty() ? "" : " on " + table());
    }

    /** As a tree of lines. */
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
