package io.multicloudboutique.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A table as plain text and as Markdown. The first two columns are text, the others are numbers. */
final class Table {

    private static final int TEXT_COLUMNS = 2;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        rows.add(List.of(head));
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String padding = " ".repeat(width(column) - row.get(column).length());
                line.append(column < TEXT_COLUMNS ? row.get(column) + padding : padding + row.get(column))
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    String markdown() {
        StringBuilder markdown = new StringBuilder();
        for (List<String> row : rows) {
            markdown.append("| ").append(String.join(" | ", row)).append(" |\n");
            if (row == rows.get(0)) {
                markdown.append("|---".repeat(TEXT_COLUMNS))
                        .append("|--:".repeat(row.size() - TEXT_COLUMNS))
                        .append("|\n");
            }
        }
        return markdown.toString();
    }
}
