package io.multicloudboutique.support.database;

/**
 * A search for words, with what every PostgreSQL has. Everything but letters and digits separates words, and letter case
 * does not matter.
 *
 * <p>PostgreSQL's parser for texts would keep words together that a person sees as several, such as host names and words
 * with a hyphen. So this search splits the texts itself. Texts and queries are split by the same expression, so they agree
 * whatever the database knows about letters beyond ASCII.
 *
 * <p>A migration creates the index on the same expression:
 *
 * <pre>{@code
 * CREATE INDEX products_words ON products
 *     USING gin (array_to_tsvector(array_remove(regexp_split_to_array(lower(name), '[^[:alnum:]]+'), '')));
 * }</pre>
 */
public final class SearchText {

    private static final String WORDS = "array_remove(regexp_split_to_array(lower(%s), '[^[:alnum:]]+'), '')";

    private SearchText() {}

    /**
     * Returns an SQL condition: each word of the query is the beginning of a word of the text. It is null if the query has
     * no words, so such a query matches nothing. PostgreSQL cannot estimate how many rows match. A statement should
     * therefore find the matching rows first ({@code WITH … AS MATERIALIZED}, or a subquery with {@code OFFSET 0}), and only
     * then sort or limit them.
     *
     * @param text an SQL expression for the text, exactly as in the index
     * @param query an SQL expression for the query, such as {@code :q}
     */
    public static String matches(String text, String query) {
        // The words are quoted, and have no character that would end the quotes.
        return "array_to_tsvector(" + WORDS.formatted(text) + ") @@ "
                + "(SELECT string_agg(quote_literal(word) || ':*', ' & ')::tsquery FROM unnest("
                + WORDS.formatted(query) + ") AS word)";
    }
}
