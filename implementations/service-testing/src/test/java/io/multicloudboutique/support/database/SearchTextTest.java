package io.multicloudboutique.support.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.testing.RunningService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;

class SearchTextTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(EmptyService.class, "food");

    @ParameterizedTest
    @CsvSource({
        "Vintage Typewriter, vintage",
        "Vintage Typewriter, TYPE vin",
        "Vintage Typewriter, typewriter typewriter",
        "Vintage Typewriter, 'vintage, typewriter!'",
        "'Mug, 0.5 l (red)', mug 0.5 RED",
        "Wi-Fi adapter, fi",
        "O'Brien, o'brien",
        "ann@example.com, example.com",
        "http://shop.example/mugs?red=1, mugs",
        "the -1e5 and 12.50, the 1e 12 50",
        "Éclair für Ärzte, éclair FÜR ärz",
        "ЛАМПА, лам",
        "日本 茶, 日",
        "😀 mug, mug",
        "quote ' and backslash \\, and ' \\"
    })
    void aTextMatchesTheBeginningsOfItsWords(String text, String query) {
        assertThat(matches(text, query)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Vintage Typewriter, writer", // not the beginning of a word
        "Vintage Typewriter, vintage lamp",
        "Vintage Typewriter, vintagetypewriter",
        "Vintage Typewriter, typewriters",
        "mug, m:* | n",
        "'', a"
    })
    void aTextWithoutOneOfTheWordsDoesNotMatch(String text, String query) {
        assertThat(matches(text, query)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "' \\ \" & | ! ( ) :* <->", "😀"})
    void aQueryWithoutWordsMatchesNothing(String query) {
        assertThat(matches("mug", query)).isFalse();
        assertThat(matches(query, query)).isFalse();
    }

    @Test
    void longWordsAndManyWordsMatch() {
        assertThat(matches("ä".repeat(500), "ä".repeat(100))).isTrue();
        assertThat(matches("a b ".repeat(50), "b a ".repeat(25))).isTrue();
    }

    private static boolean matches(String text, String query) {
        return Boolean.TRUE.equals(service.bean(DatabaseClient.class)
                .sql("SELECT coalesce(" + SearchText.matches(":text", ":query") + ", false) AS matches")
                .bind("text", text)
                .bind("query", query)
                .map(row -> row.get("matches", Boolean.class))
                .one()
                .block(Duration.ofSeconds(20)));
    }
}
