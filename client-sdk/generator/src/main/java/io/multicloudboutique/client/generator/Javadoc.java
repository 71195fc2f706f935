package io.multicloudboutique.client.generator;

import com.samskivert.mustache.Mustache;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openapitools.codegen.CodegenProperty;

/** Writes the descriptions of a contract as Javadoc. */
final class Javadoc {

    static final int WIDTH = 120;
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern FIRST_SENTENCE = Pattern.compile("^(.*?)\\.(?= |$)");

    private Javadoc() {}

    /** Returns the text of a description. Code in backticks becomes a tag, and an absent field is an empty one. */
    static String text(String description) {
        var escaped = description.strip().replace("&", "&amp;").replace("<", "&lt;");
        return CODE.matcher(escaped).replaceAll("{@code $1}").replace("Absent ", "Empty ");
    }

    /** Returns the description of a property; without a description, its name in words. */
    static String text(CodegenProperty property) {
        return property.unescapedDescription == null
                ? "The " + words(property.baseName) + "."
                : text(property.unescapedDescription);
    }

    /** Adds the limits, with which a value must comply in a request, to the first sentence. */
    static String withLimits(String text, CodegenProperty property) {
        var limits = limits(property);
        if (property.dataType.equals("Duration")) {
            text = text.replace(", in seconds", "");
        }
        return limits.isEmpty() ? text : FIRST_SENTENCE.matcher(text).replaceFirst("$1, " + limits + ".");
    }

    private static String limits(CodegenProperty property) {
        if (property.minimum != null && property.maximum != null) {
            var unit = property.dataType.equals("Duration") ? " seconds" : "";
            return number(property.minimum) + " to " + number(property.maximum) + unit;
        }
        if (property.isArray) {
            return range(property.minItems, property.maxItems, "items");
        }
        return range(property.minLength, property.maxLength, "characters");
    }

    private static String range(Integer min, Integer max, String unit) {
        return max == null ? "" : (min == null ? "at most " : min + " to ") + max + " " + unit;
    }

    private static String number(String number) {
        return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(new BigDecimal(number));
    }

    /** Returns the name in words, such as "stock level" for {@code stockLevel}. */
    static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** Returns a description as it follows a {@code @param} tag: in lower case and without the last full stop. */
    static String parameter(String text) {
        var isAcronym = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        var start = isAcronym || text.startsWith("{") ? text.charAt(0) : Character.toLowerCase(text.charAt(0));
        return (start + text.substring(1)).replaceFirst("\\.$", "");
    }

    /** Turns each line of the template into a paragraph or a tag of a comment. */
    static Mustache.Lambda comment(String indent) {
        return (fragment, out) -> out.write(comment(indent, fragment.execute()));
    }

    private static String comment(String indent, String text) {
        var end = text.endsWith("\n") ? "\n" : "";
        var lines = text.strip().lines().map(String::strip).toList();
        if (lines.size() == 1 && indent.length() + lines.get(0).length() + "/**  */".length() <= WIDTH) {
            return indent + "/** " + lines.get(0) + " */" + end;
        }
        var comment = new StringBuilder(indent).append("/**\n");
        for (var line : lines) {
            for (var wrapped : wrap(line, WIDTH - indent.length() - " * ".length())) {
                comment.append((indent + " * " + wrapped).stripTrailing()).append('\n');
            }
        }
        return comment.append(indent).append(" */").append(end).toString();
    }

    /** Wraps a text between words, but not within a tag such as {@code {@code x}}. */
    private static Iterable<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" (?![^{}]*})")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(text.startsWith("@") ? "    " : "");
            } else if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
