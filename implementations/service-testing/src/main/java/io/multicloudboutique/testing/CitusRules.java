package io.multicloudboutique.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules for what the distributed PostgreSQL Citus refuses, or runs differently, in a schema that is on a node of its own.
 * Each rule follows from Citus' documentation or source, and the statements in this class' test were tried on Citus 14. The
 * rules read the tree that PostgreSQL has parsed a statement into, and know the volatility of each function.
 *
 * <p>There is no rule about unique constraints without the distribution column, because the rows of no table are spread
 * over nodes. There is none about SET LOCAL either: it depends on a setting whether it reaches the other nodes.
 * Immutable.
 */
final class CitusRules {

    /**
     * @param refused what Citus refuses or runs differently
     * @param reason the reason and what to do instead
     * @param breaks whether a statement breaks the rule
     */
    record Rule(String refused, String reason, Predicate<ParseTree> breaks) {

        @Override
        public String toString() {
            return refused + ": " + reason;
        }
    }

    private static final String UPDATE = "2";
    private static final String INSERT = "3";
    private static final String DELETE = "4";
    private static final String MERGE = "5";

    /** The kind of a range table entry that is a subquery, such as the SELECT of an INSERT. */
    private static final String SUBQUERY = "1";

    private static final Set<String> SERIAL =
            Set.of("\"serial\"", "\"serial2\"", "\"serial4\"", "\"serial8\"", "\"smallserial\"", "\"bigserial\"");

    final List<Rule> rules = List.of(
            new Rule(
                    "several subcommands in ALTER TABLE",
                    "Citus refuses most combinations. Write one ALTER TABLE for each subcommand.",
                    statement -> statement
                            .nodes("ALTERTABLESTMT")
                            .anyMatch(alter -> elements(alter, "cmds").count() > 1)),
            new Rule(
                    "ALTER TABLE that adds an identity column",
                    "Citus refuses it. Create the column with its table, or create a new table.",
                    statement -> statement.nodes("ALTERTABLECMD").anyMatch(CitusRules::hasIdentity)),
            new Rule(
                    "ALTER TABLE that adds a column with an unnamed CHECK",
                    "Citus refuses it. Name the constraint: CONSTRAINT name CHECK (…).",
                    statement -> statement
                            .nodes("ALTERTABLECMD")
                            .flatMap(command -> command.nodes("COLUMNDEF"))
                            .flatMap(column -> column.nodes("CONSTRAINT"))
                            .filter(constraint -> constraint.has("conname", "<>"))
                            .anyMatch(CitusRules::isCheckOfAColumn)),
            new Rule(
                    "a serial column",
                    "Citus cannot add it to a table, and other nodes cannot insert into it if it is an integer. Use bigint GENERATED ALWAYS AS IDENTITY.",
                    statement -> statement
                            .nodes("COLUMNDEF")
                            .anyMatch(column -> typeNames(column).anyMatch(SERIAL::contains))),
            new Rule(
                    "an identity column that is not a bigint",
                    "The number of the node is in the high bits of the values, so nodes other than the first cannot insert. Use bigint.",
                    statement -> statement
                            .nodes("COLUMNDEF")
                            .anyMatch(column ->
                                    hasIdentity(column) && typeNames(column).noneMatch("\"int8\""::equals))),
            new Rule(
                    "a trigger",
                    "Citus refuses it. Write the effect in the statement that would fire it.",
                    statement -> statement.nodes("CREATETRIGSTMT").findAny().isPresent()),
            new Rule(
                    "a rule of the rule system",
                    "It rewrites only the statements that arrive at the node on which it was created. Write the effect in the statement.",
                    statement -> statement.nodes("RULESTMT").findAny().isPresent()),
            new Rule(
                    "a table that inherits",
                    "Citus refuses it in a schema on a node of its own. Use a column that tells the kinds apart.",
                    statement -> statement
                            .nodes("CREATESTMT")
                            .anyMatch(table -> table.has("partbound", "<>")
                                    && elements(table, "inhRelations").findAny().isPresent())),
            new Rule(
                    "DROP of several objects",
                    "Citus refuses it for indexes. Write one DROP for each object.",
                    statement -> statement
                            .nodes("DROPSTMT")
                            .anyMatch(drop -> elements(drop, "objects").count() > 1)),
            new Rule(
                    "CREATE SCHEMA with tables",
                    "Citus refuses it. Create the tables afterwards.",
                    statement -> statement
                            .nodes("CREATESCHEMASTMT")
                            .anyMatch(schema ->
                                    elements(schema, "schemaElts").findAny().isPresent())),
            new Rule(
                    "a temporary table",
                    "It is on the session's node only and cannot be joined to change tables on other nodes. Use WITH or unnest(…).",
                    statement -> statement.nodes("RANGEVAR").anyMatch(table -> table.has("relpersistence", "t"))),
            new Rule(
                    "a table of another schema",
                    "The other schema is on another node, where Citus refuses foreign keys, FOR UPDATE and most joins. Call the other service.",
                    this::usesAnotherSchema),
            new Rule(
                    "a change through a view",
                    "Citus refuses it. Change the table.",
                    statement -> changes(statement, INSERT, UPDATE, DELETE)
                            .anyMatch(change -> target(change).has("relkind", "v"))),
            new Rule(
                    "MERGE",
                    "Citus refuses it for most tables. Use INSERT … ON CONFLICT, or UPDATE and INSERT.",
                    statement -> changes(statement, MERGE).findAny().isPresent()),
            new Rule(
                    "WHERE CURRENT OF",
                    "Citus refuses changes at a cursor. Use the primary key.",
                    statement -> statement.nodes("CURRENTOFEXPR").findAny().isPresent()),
            new Rule(
                    "a function in ON CONFLICT that is not immutable",
                    "Citus refuses it in SET and WHERE, and operators such as timestamptz + interval too. Pass the value as a parameter.",
                    statement -> changes(statement, INSERT)
                            .flatMap(insert -> Stream.of("onConflictSet", "onConflictWhere", "arbiterWhere")
                                    .map(insert.get("onConflict")::get))
                            .flatMap(ParseTree::nodes)
                            .anyMatch(this::isMutable)),
            new Rule(
                    "a function in RETURNING that is not immutable",
                    "Citus refuses it, and casts such as timestamptz::date too. Return the column.",
                    statement -> changes(statement, INSERT, UPDATE, DELETE)
                            .flatMap(change -> change.get("returningList").nodes())
                            .anyMatch(this::isMutable)),
            new Rule(
                    "a volatile function in UPDATE or DELETE",
                    "Citus refuses it, because each node would compute another value. Pass the value as a parameter.",
                    statement -> changes(statement, UPDATE, DELETE)
                            .flatMap(CitusRules::setAndWhere)
                            .flatMap(ParseTree::nodes)
                            .anyMatch(node -> volatility(node) == 'v')),
            new Rule(
                    "a stable function of a column in UPDATE or DELETE",
                    "Citus refuses it, and operators such as timestamptz + interval too. Compare the column with a parameter.",
                    statement -> changes(statement, UPDATE, DELETE)
                            .flatMap(CitusRules::setAndWhere)
                            .flatMap(ParseTree::nodesOutsideSubqueries)
                            .filter(node -> volatility(node) == 's')
                            .anyMatch(call -> call.nodes("VAR").findAny().isPresent())),
            new Rule(
                    "a function in CASE or COALESCE of UPDATE or DELETE that is not immutable",
                    "Citus refuses it. Pass the value as a parameter.",
                    statement -> changes(statement, UPDATE, DELETE)
                            .flatMap(CitusRules::setAndWhere)
                            .flatMap(ParseTree::nodesOutsideSubqueries)
                            .filter(node -> node.label().equals("CASEEXPR")
                                    || node.label().equals("COALESCEEXPR"))
                            .flatMap(ParseTree::nodes)
                            .anyMatch(this::isMutable)),
            new Rule(
                    "a subquery in VALUES",
                    "Citus refuses it. Use INSERT … SELECT.",
                    statement -> changes(statement, INSERT)
                            .flatMap(insert -> Stream.concat(
                                    insert.get("targetList").nodesOutsideSubqueries(),
                                    insert.get("rtable")
                                            .nodesOutsideSubqueries()
                                            .flatMap(table ->
                                                    table.get("values_lists").nodes())))
                            .anyMatch(node -> node.label().equals("SUBLINK"))),
            new Rule(
                    "INSERT … SELECT into a table with a unique constraint, without ON CONFLICT",
                    "Citus reports a violation as an internal error. Use ON CONFLICT, and compare the rows of RETURNING.",
                    this::leavesUniquenessToTheDatabase),
            new Rule(
                    "an advisory lock",
                    "Sessions on other nodes do not see it. Lock a row.",
                    statement -> calls(statement)
                            .anyMatch(name -> name.startsWith("pg_advisory") || name.startsWith("pg_try_advisory"))),
            new Rule(
                    "LISTEN or NOTIFY",
                    "Sessions on other nodes are not notified. Store the event in a table and read it.",
                    statement -> statement
                                    .nodes()
                                    .anyMatch(node -> node.label().equals("LISTENSTMT")
                                            || node.label().equals("NOTIFYSTMT"))
                            || calls(statement).anyMatch("pg_notify"::equals)),
            new Rule(
                    "SET for the session",
                    "It does not reach the other nodes. Set the parameter for the role and the database.",
                    statement -> statement.nodes("VARIABLESETSTMT").anyMatch(set -> set.has("is_local", "false"))
                            || calls(statement).anyMatch("set_config"::equals)));

    private record Function(String name, char volatility) {}

    /** A function that a later migration has dropped. Functions are volatile by default. */
    private static final Function DROPPED = new Function("", 'v');

    private final String schema;
    private final Map<String, Function> functions;
    private final Map<String, String> schemas;
    private final Set<String> typesWithMutableText;
    private final Set<String> tablesWithUniqueConstraints;

    /**
     * Reads the functions, types and tables of the database.
     *
     * @param schema the service's own schema
     */
    CitusRules(TestDatabase database, String schema) {
        this.schema = schema;
        functions = database.rows("SELECT oid::text, proname::text, provolatile::text FROM pg_proc").stream()
                .collect(Collectors.toMap(
                        row -> (String) row.get("oid"),
                        row -> new Function((String) row.get("proname"), ((String) row.get("provolatile")).charAt(0))));
        schemas = database.rows("SELECT oid::text, relnamespace::regnamespace::text AS schema FROM pg_class").stream()
                .collect(Collectors.toMap(row -> (String) row.get("oid"), row -> (String) row.get("schema")));
        typesWithMutableText = database
                .rows("SELECT DISTINCT t.oid::text FROM pg_type t JOIN pg_proc p"
                        + " ON p.oid IN (t.typinput, t.typoutput) WHERE p.provolatile <> 'i'")
                .stream()
                .map(row -> (String) row.get("oid"))
                .collect(Collectors.toSet());
        // A primary key is not meant: a caller can choose only few of them, and those also need an answer to a
        // conflict.
        tablesWithUniqueConstraints =
                database
                        .rows("SELECT DISTINCT indrelid::text FROM pg_index WHERE indisunique AND NOT indisprimary")
                        .stream()
                        .map(row -> (String) row.get("indrelid"))
                        .collect(Collectors.toSet());
    }

    /** Returns the rules that a statement breaks. */
    List<Rule> brokenBy(ParseTree statement) {
        return rules.stream().filter(rule -> rule.breaks().test(statement)).toList();
    }

    private static Stream<ParseTree> elements(ParseTree node, String list) {
        return node.get(list).children().stream();
    }

    private static Stream<String> typeNames(ParseTree column) {
        return elements(column.get("typeName"), "names").map(ParseTree::label);
    }

    private static boolean hasIdentity(ParseTree columns) {
        return columns.nodes("CONSTRAINT")
                .anyMatch(constraint -> !constraint.has("generated_when", "<>") && constraint.has("raw_expr", "<>"));
    }

    private static boolean isCheckOfAColumn(ParseTree constraint) {
        return constraint.has("initially_valid", "true")
                && !constraint.has("raw_expr", "<>")
                && constraint.has("generated_when", "<>");
    }

    private boolean usesAnotherSchema(ParseTree statement) {
        var named =
                statement.nodes("RANGEVAR").map(table -> table.get("schemaname").label());
        var read = statement
                .nodes("RANGETBLENTRY")
                .map(table -> schemas.getOrDefault(table.get("relid").label(), "<>"));
        return Stream.concat(named, read)
                .anyMatch(used -> !Set.of("<>", schema, "pg_catalog", "information_schema")
                        .contains(used));
    }

    private boolean leavesUniquenessToTheDatabase(ParseTree statement) {
        return changes(statement, INSERT)
                .filter(insert -> insert.has("onConflict", "<>") && hasSelect(insert))
                .anyMatch(insert -> tablesWithUniqueConstraints.contains(
                        target(insert).get("relid").label()));
    }

    private static boolean hasSelect(ParseTree insert) {
        return elements(insert, "rtable").anyMatch(table -> table.has("rtekind", SUBQUERY));
    }

    /** Returns the changes of these kinds, also those in WITH. */
    private static Stream<ParseTree> changes(ParseTree statement, String... kinds) {
        var wanted = Set.of(kinds);
        return statement
                .nodes("QUERY")
                .filter(query -> wanted.contains(query.get("commandType").label()));
    }

    private static ParseTree target(ParseTree change) {
        int position = Integer.parseInt(change.get("resultRelation").label());
        return change.get("rtable").children().get(position - 1);
    }

    private static Stream<ParseTree> setAndWhere(ParseTree change) {
        return change.has("commandType", DELETE)
                ? Stream.of(change.get("jointree"))
                : Stream.of(change.get("targetList"), change.get("jointree"));
    }

    private Stream<String> calls(ParseTree statement) {
        return statement
                .nodes("FUNCEXPR")
                .map(call -> function(call.get("funcid")).name());
    }

    private boolean isMutable(ParseTree node) {
        return volatility(node) != 'i';
    }

    /** Returns {@code i}, {@code s} or {@code v} for an immutable, stable or volatile expression, without its arguments. */
    private char volatility(ParseTree node) {
        return switch (node.label()) {
            case "FUNCEXPR" -> volatility(node, "funcid");
            case "OPEXPR", "DISTINCTEXPR", "NULLIFEXPR", "SCALARARRAYOPEXPR" -> volatility(node, "opfuncid");
            case "SQLVALUEFUNCTION" -> 's'; // such as CURRENT_TIMESTAMP
            case "NEXTVALUEEXPR" -> 'v';
            case "COERCEVIAIO" ->
                Stream.of(node, node.get("arg")).map(CitusRules::type).anyMatch(typesWithMutableText::contains)
                        ? 's'
                        : 'i';
            default -> 'i';
        };
    }

    private char volatility(ParseTree call, String function) {
        return function(call.get(function)).volatility();
    }

    private Function function(ParseTree oid) {
        return functions.getOrDefault(oid.label(), DROPPED);
    }

    /** Returns the type of an expression. The names of the fields for it end in "type": "vartype", "resulttype". */
    private static String type(ParseTree expression) {
        return expression.children().stream()
                .filter(field -> field.label().endsWith("type"))
                .map(field -> field.children().get(0).label())
                .findFirst()
                .orElse("");
    }
}
