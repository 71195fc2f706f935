package io.multicloudboutique.testing;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Captures the statements that PostgreSQL receives from an application, with the trees that PostgreSQL has parsed them
 * into. PostgreSQL writes both to its log, for each session that begins after the creation of this object. Not
 * thread-safe.
 */
final class ParsedStatements {

    private final ServerLog log;
    private final Pattern line;
    private long read;

    /** @param application the name that the sessions have given themselves, such as the service's name */
    ParsedStatements(TestDatabase database, String application) {
        log = new ServerLog(database, application);
        line = log.pattern("(DETAIL|STATEMENT):  ((?s:.*?\\n))(?!\\t)");
        read = log.size();
        database.execute("ALTER DATABASE " + database.name() + " SET debug_print_parse = on");
        database.execute("ALTER DATABASE " + database.name() + " SET debug_pretty_print = off");
    }

    /**
     * Returns the different statements that have arrived since the last call. A statement has several trees if it runs other
     * statements, such as the check of a foreign key or the statements of a function.
     */
    Map<String, List<ParseTree>> next() {
        var trees = new LinkedHashMap<String, Set<String>>();
        var tree = "";
        var written = log.since(read);
        read += written.getBytes(StandardCharsets.UTF_8).length;
        var lines = line.matcher(written);
        while (lines.find()) {
            var text = lines.group(2).replace("\n\t", "\n").strip();
            if (text.startsWith("{QUERY")) {
                tree = text;
            } else if (lines.group(1).equals("STATEMENT") && !tree.isEmpty()) {
                trees.computeIfAbsent(text, statement -> new LinkedHashSet<>()).add(tree);
                tree = "";
            }
        }
        var statements = new LinkedHashMap<String, List<ParseTree>>();
        trees.forEach((statement, texts) ->
                statements.put(statement, texts.stream().map(ParseTree::of).toList()));
        return statements;
    }
}
