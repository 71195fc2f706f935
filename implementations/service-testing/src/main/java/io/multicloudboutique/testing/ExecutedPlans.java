package io.multicloudboutique.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How statements were executed, and what is expected of that at any size of the tables. Immutable.
 *
 * <p>Whatever is expected, no table of more than {@value #LARGE} rows is read from its beginning, at least one such table is read, since else
 * nothing would be proven, and no statement that only reads looks at more pages than its rows account for, as it does when an index is walked from
 * end to end for few of its entries.
 */
public final class ExecutedPlans {

    /** Up to so many rows PostgreSQL may do as it likes. */
    static final int LARGE = 1_000;

    /** The way down in an index of a billion entries, and a page of the table. */
    private static final int PAGES_OF_A_ROW = 6;

    /** What a session looks up once, such as the definition of a function. */
    private static final int OTHER_PAGES = 50;

    private final List<Plan> plans;
    private final Set<String> largeTables;

    ExecutedPlans(List<Plan> plans, Set<String> largeTables) {
        this.plans = List.copyOf(plans);
        this.largeTables = largeTables;
    }

    /** Those of the statements that contain this text, of which there has to be one. */
    public ExecutedPlans containing(String sql) {
        var found =
                plans.stream().filter(plan -> plan.statement().contains(sql)).toList();
        if (found.isEmpty()) {
            throw new AssertionError("Of " + plans.size() + " executed statements none contains " + sql);
        }
        return new ExecutedPlans(found, largeTables);
    }

    /**
     * Expects that no step of any plan handles more rows, be it to scan, to join, to sort, to skip or to throw away.
     *
     * @param maxRows for a list one more than its limit, times what belongs to one item
     */
    public void assertReadByIndex(int maxRows) {
        check(node -> {
            var faults = new ArrayList<String>();
            if (node.rows() + node.removed() > maxRows) {
                faults.add("handles " + (node.rows() + node.removed()) + " rows, where " + maxRows + " are enough");
            }
            if (node.isScan() && node.lookups() > maxRows) {
                faults.add("begins " + node.lookups() + " times, where " + maxRows + " are enough");
            }
            return faults;
        });
    }

    /**
     * Expects that whatever reads many rows does so in an index alone, without a look at the table, throws away less than it keeps, and that
     * nobody sorts them.
     */
    public void assertSummarisedByIndex() {
        check(node -> {
            var faults = new ArrayList<String>();
            boolean many = node.rows() + node.removed() > LARGE;
            if (many && largeTables.contains(node.table()) && !node.type().equals("Index Only Scan")) {
                faults.add("reads " + (node.rows() + node.removed()) + " rows of the table, not of an index");
            }
            if (many && node.removed() > node.rows()) {
                faults.add("throws away " + node.removed() + " rows and keeps " + node.rows());
            }
            if (node.type().endsWith("Sort")) {
                long sorted = node.children().stream().mapToLong(PlanNode::rows).sum();
                if (sorted > LARGE) {
                    faults.add("sorts " + sorted + " rows");
                }
            }
            return faults;
        });
    }

    /** Expects both: of the page that no step handles more rows, of the summary beside it that it is read in an index. */
    public void assertPageAndSummary(int maxRows) {
        containing("LIMIT").assertReadByIndex(maxRows);
        containing("count(*)").assertSummarisedByIndex();
    }

    private void check(Function<PlanNode, List<String>> rule) {
        boolean readLarge = false;
        for (var plan : plans) {
            var nodes = plan.root().withAllBelow().toList();
            var faults = new ArrayList<String>();
            for (var node : nodes) {
                readLarge |= node.isScan() && largeTables.contains(node.table());
                if (largeTables.contains(node.table())
                        && (node.type().equals("Seq Scan") || node.type().equals("Sample Scan"))) {
                    faults.add(node.title() + " reads a large table from its beginning");
                }
                rule.apply(node).forEach(fault -> faults.add(node.title() + " " + fault));
            }
            pagesWithoutRows(plan, nodes).ifPresent(faults::add);
            if (!faults.isEmpty()) {
                throw new AssertionError(String.join("\n", faults) + "\n\n" + plan);
            }
        }
        if (!readLarge) {
            throw new AssertionError("No statement reads a table of more than " + LARGE
                    + " rows, so nothing is proven. Large tables: " + largeTables + "\n\n" + plans.get(0));
        }
    }

    private static Optional<String> pagesWithoutRows(Plan plan, List<PlanNode> nodes) {
        if (nodes.stream().anyMatch(node -> node.type().equals("ModifyTable"))) {
            return Optional.empty(); // what is written touches pages too
        }
        long read = nodes.stream()
                .filter(PlanNode::isScan)
                .mapToLong(node -> node.lookups() + node.rows() + node.removed())
                .sum();
        long accountedFor = OTHER_PAGES + PAGES_OF_A_ROW * read;
        return plan.root().pages() > accountedFor
                ? Optional.of("The statement looks at " + plan.root().pages() + " pages, where its rows account for "
                        + accountedFor)
                : Optional.empty();
    }

    /**
     * A statement, and how it was executed. Immutable.
     *
     * @param parameters as PostgreSQL writes them; empty if there are none
     */
    record Plan(String statement, String parameters, PlanNode root) {

        @Override
        public String toString() {
            return statement.strip() + "\n" + (parameters.isEmpty() ? "" : "with " + parameters + "\n") + "\n"
                    + root.describe("");
        }
    }
}
