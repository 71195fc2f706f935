package io.multicloudboutique.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The executed plans of statements, with assertions that their cost does not grow with the tables. Immutable.
 *
 * <p>In addition, each assertion checks that:
 *
 * <ul>
 *   <li>no plan reads a table of more than {@value #LARGE} rows sequentially,
 *   <li>at least one plan reads such a table, because otherwise the assertion would prove nothing, and
 *   <li>no statement that only reads touches more pages than its rows explain. A scan of a whole index for a few of its
 *       entries would touch more.
 * </ul>
 */
public final class ExecutedPlans {

    /** A table with more rows than this is large. PostgreSQL may read a smaller table in any way. */
    static final int LARGE = 1_000;

    /** The pages that explain one row: a path through an index of a billion entries, and a page of the table. */
    private static final int PAGES_OF_A_ROW = 6;

    /** The pages that a session reads once, such as the definition of a function. */
    private static final int OTHER_PAGES = 50;

    private final List<Plan> plans;
    private final Set<String> largeTables;

    ExecutedPlans(List<Plan> plans, Set<String> largeTables) {
        this.plans = List.copyOf(plans);
        this.largeTables = largeTables;
    }

    /**
     * Returns the plans of the statements that contain this text.
     *
     * @throws AssertionError if no statement contains it
     */
    public ExecutedPlans containing(String sql) {
        var found =
                plans.stream().filter(plan -> plan.statement().contains(sql)).toList();
        if (found.isEmpty()) {
            throw new AssertionError("None of the " + plans.size() + " executed statements contains " + sql);
        }
        return new ExecutedPlans(found, largeTables);
    }

    /**
     * Asserts that no step of any plan scans, joins, sorts, skips or discards more than this number of rows.
     *
     * @param maxRows for a list, its limit plus one, times the number of rows that belong to one item
     */
    public void assertReadByIndex(int maxRows) {
        check(node -> readByIndex(node, maxRows));
    }

    private static List<String> readByIndex(PlanNode node, int maxRows) {
        var faults = new ArrayList<String>();
        if (node.rows() + node.removed() > maxRows) {
            faults.add("handles " + (node.rows() + node.removed()) + " rows, more than " + maxRows);
        }
        if (node.isScan() && node.lookups() > maxRows) {
            faults.add("starts " + node.lookups() + " scans, more than " + maxRows);
        }
        return faults;
    }

    /**
     * Asserts that each statement reads a page by index, and reads the summary of the list only from an index: each step
     * of the summary with more than {@value #LARGE} rows has no access to the table, discards no more rows than it keeps,
     * and does not sort them. The page is below the plan's {@code Limit}; everything else is the summary.
     *
     * @param maxRows the limit for the page, as in {@link #assertReadByIndex}
     */
    public void assertPageAndSummary(int maxRows) {
        var summaries = containing("count(*)").containing("LIMIT");
        var pages = summaries.plans.stream()
                .flatMap(plan -> plan.root().withDescendants())
                .filter(node -> node.type().equals("Limit"))
                .flatMap(PlanNode::withDescendants)
                .collect(Collectors.toSet());
        summaries.check(node -> pages.contains(node) ? readByIndex(node, maxRows) : summarisedByIndex(node));
    }

    private List<String> summarisedByIndex(PlanNode node) {
        var faults = new ArrayList<String>();
        boolean many = node.rows() + node.removed() > LARGE;
        if (many && largeTables.contains(node.table()) && !node.type().equals("Index Only Scan")) {
            faults.add(
                    "reads " + (node.rows() + node.removed()) + " rows from the table instead of only from an index");
        }
        if (many && node.removed() > node.rows()) {
            faults.add("discards " + node.removed() + " rows and keeps " + node.rows());
        }
        if (node.type().endsWith("Sort")) {
            long sorted = node.children().stream().mapToLong(PlanNode::rows).sum();
            if (sorted > LARGE) {
                faults.add("sorts " + sorted + " rows");
            }
        }
        return faults;
    }

    private void check(Function<PlanNode, List<String>> rule) {
        boolean readLarge = false;
        for (var plan : plans) {
            var nodes = plan.root().withDescendants().toList();
            var faults = new ArrayList<String>();
            for (var node : nodes) {
                readLarge |= node.isScan() && largeTables.contains(node.table());
                if (largeTables.contains(node.table())
                        && (node.type().equals("Seq Scan") || node.type().equals("Sample Scan"))) {
                    faults.add(node.title() + " reads a large table sequentially");
                }
                rule.apply(node).forEach(fault -> faults.add(node.title() + " " + fault));
            }
            unexplainedPages(plan, nodes).ifPresent(faults::add);
            if (!faults.isEmpty()) {
                throw new AssertionError(String.join("\n", faults) + "\n\n" + plan);
            }
        }
        if (!readLarge) {
            throw new AssertionError("No statement reads a table of more than " + LARGE
                    + " rows, so the assertion proves nothing. Large tables: " + largeTables + "\n\n" + plans.get(0));
        }
    }

    private static Optional<String> unexplainedPages(Plan plan, List<PlanNode> nodes) {
        if (nodes.stream().anyMatch(node -> node.type().equals("ModifyTable"))) {
            return Optional.empty(); // writes touch additional pages
        }
        long read = nodes.stream()
                .filter(PlanNode::isScan)
                .mapToLong(node -> node.lookups() + node.rows() + node.removed())
                .sum();
        long explained = OTHER_PAGES + PAGES_OF_A_ROW * read;
        return plan.root().pages() > explained
                ? Optional.of("The statement touches " + plan.root().pages() + " pages, but its rows explain only "
                        + explained)
                : Optional.empty();
    }

    /**
     * A statement and its executed plan. Immutable.
     *
     * @param parameters the parameters of the statement, as PostgreSQL logs them; empty if there are none
     * @param root the top step of the plan
     */
    record Plan(String statement, String parameters, PlanNode root) {

        @Override
        public String toString() {
            return statement.strip() + "\n" + (parameters.isEmpty() ? "" : "with " + parameters + "\n") + "\n"
                    + root.describe("");
        }
    }
}
