package io.multicloudboutique.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service says in one line when it cannot start as it is configured. */
class StartupTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PORT=0                          | Listening on 0.0.0.0 opens this service to others. Set BOUTIQUE_SECURITY_MODE=none if that is meant, or BIND_ADDRESS=127.0.0.1.
                    BIND_ADDRESS=0.0.0.0            | Listening on 0.0.0.0 opens this service to others. Set BOUTIQUE_SECURITY_MODE=none if that is meant, or BIND_ADDRESS=127.0.0.1.
                    K_SERVICE=food                  | Cloud Run keeps no disk: set DATABASE_URL to a PostgreSQL database.
                    DATABASE_URL=mysql://h/d        | DATABASE_URL cannot be used: it does not begin with postgresql://. It reads postgresql://user:password@host:port/database?sslmode=require.
                    DATABASE_URL=postgresql:///d    | DATABASE_URL cannot be used: it names no host (of letters, digits, dots and hyphens). It reads postgresql://user:password@host:port/database?sslmode=require.
                    boutique.security.mode=jwt      | BOUTIQUE_SECURITY_MODE can only be none so far, not 'jwt'.
                    DATABASE_URL=postgresql://h/d   | DATABASE_URL cannot be used: it names no user. It reads postgresql://user:password@host:port/database?sslmode=require.
                    DATABASE_URL=postgresql://h     | DATABASE_URL cannot be used: it names no database. It reads postgresql://user:password@host:port/database?sslmode=require.
                    DATABASE_URL=postgresql://u@h/d?a=b | DATABASE_URL cannot be used: it has the parameter a; only sslmode is known, as one of [disable, allow, prefer, require, verify-ca, verify-full]. It reads postgresql://user:password@host:port/database?sslmode=require.
                    """)
    void whatCannotBeIsSaidInOneLine(String setting, String line) {
        assertThat(lineOf(setting)).isEqualTo(line);
    }

    @Test
    void aDatabaseThatNobodyAnswersIsSaidInOneLine() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(lineOf("DATABASE_URL=postgresql://user:secret@127.0.0.1:" + free + "/shop"))
                .startsWith("The database of DATABASE_URL cannot be used: ")
                .contains("refused")
                .doesNotContain("secret");
    }

    @Test
    void aFolderThatIsNoFolderIsSaidInOneLine(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThat(lineOf("BOUTIQUE_DATA_DIR=" + file))
                .contains(file.toString())
                .doesNotContain("\n");
    }

    private static String lineOf(String setting) {
        var failure = catchThrowable(() -> ServiceApplication.of(EmptyService.class, "food")
                .properties(setting)
                .run("--server.port=0")
                .close());
        return OneLineStartupFailure.describe(failure);
    }
}
