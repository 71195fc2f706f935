package io.multicloudboutique.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A node of the tree that PostgreSQL itself has parsed a statement into, as {@code debug_print_parse} logs it:
 * {@code {LOCKSTMT :relations ({RANGEVAR :relname products}) :nowait false}}. Immutable.
 *
 * @param label the type of a node, such as {@code LOCKSTMT}; the name of a field with its colon, such as
 *     {@code :relations}; a parenthesis for a list; or the text of a value, where {@code <>} is null
 * @param children the fields of a node, the values of a field, or the elements of a list
 */
record ParseTree(String label, List<ParseTree> children) {

    /** Parses the text of a tree. */
    static ParseTree of(String text) {
        return new Reader(text).next();
    }

    /** Returns this node and all nodes below it. */
    Stream<ParseTree> nodes() {
        return nodesUntil(node -> false);
    }

    /** Returns all nodes of this type, here and below. */
    Stream<ParseTree> nodes(String type) {
        return nodes().filter(node -> node.label.equals(type));
    }

    /** Returns this node and all nodes below it, except subqueries and what is in them. */
    Stream<ParseTree> nodesOutsideSubqueries() {
        return nodesUntil(node -> node.label.equals("QUERY"));
    }

    private Stream<ParseTree> nodesUntil(Predicate<ParseTree> end) {
        var nodes = new ArrayList<ParseTree>();
        addNodes(end, nodes);
        return nodes.stream();
    }

    private void addNodes(Predicate<ParseTree> end, List<ParseTree> nodes) {
        nodes.add(this);
        for (var child : children) {
            if (!end.test(child)) {
                child.addNodes(end, nodes);
            }
        }
    }

    /** Returns the value of this node's field: a node, a list, or a text; null as {@code <>} if there is no such field. */
    ParseTree get(String field) {
        return children.stream()
                .filter(child -> child.label.equals(":" + field) && !child.children.isEmpty())
                .map(child -> child.children.get(0))
                .findFirst()
                .orElse(new ParseTree("<>", List.of()));
    }

    /** Returns whether this node's field has this text. */
    boolean has(String field, String text) {
        return get(field).label.equals(text);
    }

    private static final class Reader {

        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        ParseTree next() {
            skipSpace();
            return switch (text.charAt(position)) {
                case '{' -> node();
                case '(' -> list();
                default -> new ParseTree(word(), List.of());
            };
        }

        private ParseTree node() {
            position++;
            var type = word();
            var fields = new ArrayList<ParseTree>();
            while (!ends('}')) {
                var name = word();
                var values = new ArrayList<ParseTree>();
                while (text.charAt(position) != '}' && text.charAt(position) != ':') {
                    values.add(next());
                    skipSpace();
                }
                fields.add(new ParseTree(name, List.copyOf(values)));
            }
            return new ParseTree(type, List.copyOf(fields));
        }

        private ParseTree list() {
            position++;
            var elements = new ArrayList<ParseTree>();
            while (!ends(')')) {
                elements.add(next());
            }
            return new ParseTree("(", List.copyOf(elements));
        }

        /** Reads up to a space or a bracket. In a word, both have a backslash before them. */
        private String word() {
            int begin = position;
            while ("{}() \n".indexOf(text.charAt(position)) < 0) {
                position += text.charAt(position) == '\\' ? 2 : 1;
            }
            if (position == begin) {
                throw new IllegalArgumentException("Not a parse tree at character " + position + ": " + text);
            }
            var word = text.substring(begin, position);
            skipSpace();
            return word;
        }

        private boolean ends(char bracket) {
            skipSpace();
            if (text.charAt(position) != bracket) {
                return false;
            }
            position++;
            return true;
        }

        private void skipSpace() {
            while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                position++;
            }
        }
    }
}
