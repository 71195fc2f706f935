package io.multicloudboutique.support.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgresql://u:p@h/d                     | h:5432/d                     | false
                    postgres://u:p@h:1/d                     | h:1/d                        | false
                    postgresql://u@h/d?target_session_attrs=read-write | h:5432/d           | true
                    postgresql://u@h/d?target_session_attrs=primary    | h:5432/d           | true
                    postgresql://u@a:1,b:2,c:3/d             | a:1,b:2,c:3/d                | true
                    postgresql://u@a,b:2,10.0.0.3/d          | a:5432,b:2,10.0.0.3:5432/d   | true
                    postgresql://u@a,b/d?sslmode=require&target_session_attrs=any | a:5432,b:5432/d | false
                    postgresql://u@[::1],[fd00::2]:2/d       | [::1]:5432,[fd00::2]:2/d     | true
                    """)
    void oneOrSeveralHostsAreRead(String url, String description, boolean readWrite) {
        var parsed = DatabaseUrl.parse(url);

        assertThat(parsed).hasToString(description);
        assertThat(parsed.readWrite()).isEqualTo(readWrite);
        assertThat(DatabaseUrl.parse(parsed.encoded())).isEqualTo(parsed);
    }

    @Test
    void thePartsAreDecoded() {
        var parsed = DatabaseUrl.parse("postgresql://jürgen%40shop:a%2Cb%3A+c@a,b/my%20shop?sslmode=verify-full");

        assertThat(parsed.user()).isEqualTo("jürgen@shop");
        assertThat(parsed.password()).isEqualTo("a,b:+c");
        assertThat(parsed.database()).isEqualTo("my shop");
        assertThat(parsed.sslMode()).isEqualTo("verify-full");
        assertThat(DatabaseUrl.parse(parsed.encoded())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:secret@/d",
                "postgresql://u:secret@a,,b/d",
                "postgresql://u:secret@a,/d",
                "postgresql://u:secret@a:0,b/d",
                "postgresql://u:secret@a:65536/d",
                "postgresql://u:secret@a:x/d",
                "postgresql://u:secret@::1/d",
                "postgresql://u:secret@a:1:2/d",
                "postgresql://u:secret@b@a/d",
                "postgresql://u:secret#@a/d",
                "postgresql://u:secret%@a/d",
                "postgresql://u:secret a@a/d",
                "postgresql://u:secret@a,b/d?target_session_attrs=standby",
                "postgresql://u:secret@a,b/d?target_session_attrs",
                "postgresql://u:secret@a,b/d?",
                "postgresql://u:secret@a,b/d\n"
            })
    void aMalformedUrlIsReportedInOneLineWithoutThePassword(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith("DATABASE_URL cannot be used: ")
                .message()
                .hasLineCount(1)
                .doesNotContain("secret");
    }
}
