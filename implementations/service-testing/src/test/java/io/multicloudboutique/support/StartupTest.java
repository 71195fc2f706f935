package io.multicloudboutique.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A service whose settings prevent the start reports the reason in one line. */
@Isolated("it replaces System.out")
class StartupTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PORT=0                          | Listening on 0.0.0.0 makes this service reachable from other machines. Set BOUTIQUE_SECURITY_MODE to api-key or jwt, or to none for open access. For local access only, set BIND_ADDRESS=127.0.0.1.
                    BIND_ADDRESS=0.0.0.0            | Listening on 0.0.0.0 makes this service reachable from other machines. Set BOUTIQUE_SECURITY_MODE to api-key or jwt, or to none for open access. For local access only, set BIND_ADDRESS=127.0.0.1.
                    MANAGEMENT_PORT=http            | MANAGEMENT_PORT must be a number from 0 to 65535.
                    MANAGEMENT_PORT=65536           | MANAGEMENT_PORT must be a number from 0 to 65535.
                    DATABASE_URL=mysql://h/d        | DATABASE_URL cannot be used: it does not start with postgresql://. The expected form is postgresql://user:password@host:port/database?sslmode=require.
                    DATABASE_URL=postgresql:///d    | DATABASE_URL cannot be used: it has no valid host (letters, digits, dots and hyphens, or an IPv6 address in brackets) and port (1 to 65535). The expected form is postgresql://user:password@host:port/database?sslmode=require.
                    boutique.security.mode=basic    | BOUTIQUE_SECURITY_MODE must be none, api-key or jwt.
                    boutique.security.mode=NONE     | BOUTIQUE_SECURITY_MODE must be none, api-key or jwt.
                    boutique.rate-limit.requests-per-second=0 | BOUTIQUE_RATELIMIT_REQUESTSPERSECOND must be a whole number from 1 to 1000000.
                    boutique.rate-limit.requests-per-second=1000001 | BOUTIQUE_RATELIMIT_REQUESTSPERSECOND must be a whole number from 1 to 1000000.
                    boutique.rate-limit.requests-per-second=2.5 | BOUTIQUE_RATELIMIT_REQUESTSPERSECOND must be a whole number from 1 to 1000000.
                    boutique.schema.prefix=Anna_ | BOUTIQUE_SCHEMA_PREFIX must be at most 40 lower-case letters, digits and underscores, begin with a letter, and not begin with pg_.
                    boutique.schema.prefix=2nd_ | BOUTIQUE_SCHEMA_PREFIX must be at most 40 lower-case letters, digits and underscores, begin with a letter, and not begin with pg_.
                    boutique.schema.prefix=pg_ | BOUTIQUE_SCHEMA_PREFIX must be at most 40 lower-case letters, digits and underscores, begin with a letter, and not begin with pg_.
                    boutique.schema.prefix=anna- | BOUTIQUE_SCHEMA_PREFIX must be at most 40 lower-case letters, digits and underscores, begin with a letter, and not begin with pg_.
                    boutique.schema.prefix=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | BOUTIQUE_SCHEMA_PREFIX must be at most 40 lower-case letters, digits and underscores, begin with a letter, and not begin with pg_.
                    DATABASE_URL=postgresql://h/d   | DATABASE_URL cannot be used: it has no user. The expected form is postgresql://user:password@host:port/database?sslmode=require.
                    DATABASE_URL=postgresql://h     | DATABASE_URL cannot be used: it has no database name. The expected form is postgresql://user:password@host:port/database?sslmode=require.
                    DATABASE_URL=postgresql://u@h/d?a=b | DATABASE_URL cannot be used: its parameter a is not valid; the supported parameters are sslmode, with one of the values [disable, allow, prefer, require, verify-ca, verify-full], and target_session_attrs, with one of the values [any, read-write, primary]. The expected form is postgresql://user:password@host:port/database?sslmode=require.
                    """)
    void anInvalidSettingIsReportedInOneLine(String setting, String line) {
        assertThat(lineOf(setting)).isEqualTo(line);
    }

    @Test
    void theManagementPortIsWithinRangeAndNotThePortOfTheService() {
        assertThat(lineOfService("--server.port=64536"))
                .isEqualTo(
                        "The management port would be 65536, the port of the service plus 1000. Set MANAGEMENT_PORT to another port.");
        assertThat(lineOfService("--server.port=8088", "--MANAGEMENT_PORT=8088"))
                .isEqualTo(
                        "MANAGEMENT_PORT must differ from the port of the service, 8088, because the management server asks for no credentials.");
        assertThat(lineOfService("--server.port=64536", "--MANAGEMENT_PORT=9080", "--DATABASE_URL=none"))
                .startsWith("DATABASE_URL cannot be used");
    }

    private static String lineOfService(String... arguments) {
        return OneLineStartupFailure.describe(catchThrowable(() ->
                ServiceApplication.of(EmptyService.class, "food").run(arguments).close()));
    }

    private static final String HASH = "a".repeat(64);
    private static final String NO_KEY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    api-key | {}                  | BOUTIQUE_SECURITY_MODE=api-key requires BOUTIQUE_SECURITY_APIKEYS: comma-separated entries <caller>=<SHA-256 of the key in hex>.
                    api-key | api-keys=           | BOUTIQUE_SECURITY_MODE=api-key requires BOUTIQUE_SECURITY_APIKEYS: comma-separated entries <caller>=<SHA-256 of the key in hex>.
                    api-key | api-keys=a={h},b=secret | BOUTIQUE_SECURITY_APIKEYS cannot be used: entry 2 does not have the form <caller>=<SHA-256 of the key in hex>, where <caller> has 1 to 64 letters, digits, '.', '_' and '-'.
                    api-key | api-keys=a={h},,b={h} | BOUTIQUE_SECURITY_APIKEYS cannot be used: entry 2 does not have the form <caller>=<SHA-256 of the key in hex>, where <caller> has 1 to 64 letters, digits, '.', '_' and '-'.
                    api-key | api-keys={h}        | BOUTIQUE_SECURITY_APIKEYS cannot be used: entry 1 does not have the form <caller>=<SHA-256 of the key in hex>, where <caller> has 1 to 64 letters, digits, '.', '_' and '-'.
                    api-key | api-keys=a={h},b={h} | BOUTIQUE_SECURITY_APIKEYS cannot be used: entry 2 has the same key as entry 1.
                    api-key | api-keys=a={e}      | BOUTIQUE_SECURITY_APIKEYS cannot be used: entry 1 is the hash of an empty key.
                    jwt     | jwt.audience=shop   | BOUTIQUE_SECURITY_MODE=jwt requires BOUTIQUE_SECURITY_JWT_ISSUER: the URL of the issuer, exactly as in the iss claim of its tokens.
                    jwt     | jwt.issuer=https://issuer.example | BOUTIQUE_SECURITY_MODE=jwt requires BOUTIQUE_SECURITY_JWT_AUDIENCE: a value in the aud claim of all tokens for this service.
                    jwt     | jwt.issuer=issuer jwt.audience=shop | BOUTIQUE_SECURITY_JWT_ISSUER must be a URL that starts with https:// or http://.
                    jwt     | jwt.issuer=issuer jwt.audience=shop jwt.jwks=file:/keys | BOUTIQUE_SECURITY_JWT_JWKS must be a URL that starts with https:// or http://.
                    jwt     | jwt.issuer=https://issuer.example jwt.audience=shop api-keys=secret | BOUTIQUE_SECURITY_APIKEYS cannot be used: entry 1 does not have the form <caller>=<SHA-256 of the key in hex>, where <caller> has 1 to 64 letters, digits, '.', '_' and '-'.
                    """)
    void invalidSecuritySettingsAreReportedInOneLine(String mode, String settings, String line) {
        var all = new ArrayList<>(List.of("boutique.security.mode=" + mode));
        for (var setting : settings.replace("{}", "jwt.audience=").split(" ")) {
            all.add("boutique.security." + setting.replace("{h}", HASH).replace("{e}", NO_KEY));
        }
        assertThat(lineOf(all.toArray(String[]::new))).isEqualTo(line);
    }

    @Test
    void environmentVariablesSetTheMode() {
        var failure = catchThrowable(() -> ServiceApplication.of(EmptyService.class, "food")
                .environment(environmentOf(Map.of(
                        "BOUTIQUE_SECURITY_MODE", "jwt",
                        "BOUTIQUE_SECURITY_JWT_ISSUER", "https://issuer.example",
                        "BOUTIQUE_SECURITY_JWT_AUDIENCE", "shop",
                        "BOUTIQUE_SECURITY_JWT_JWKS", "https://issuer.example/keys",
                        "BOUTIQUE_SECURITY_APIKEYS", "checkout=" + HASH + ",checkout=oops")))
                .run("--server.port=0")
                .close());

        assertThat(OneLineStartupFailure.describe(failure)).contains("entry 2").doesNotContain("oops");
    }

    @Test
    void openAccessBeyondLoopbackLogsAWarning() {
        var console = System.out;
        var output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true));
        try {
            assertThat(lineOf("BIND_ADDRESS=0.0.0.0", "boutique.security.mode=none", "DATABASE_URL=none"))
                    .startsWith("DATABASE_URL cannot be used");
        } finally {
            System.setOut(console);
        }
        assertThat(output.toString())
                .contains(
                        "This service listens on 0.0.0.0 with open access: every client that can reach it can use it.");
    }

    @Test
    void aProtectedServiceMayListenOnAnyAddress() {
        assertThat(lineOf(
                        "BIND_ADDRESS=0.0.0.0",
                        "boutique.security.mode=api-key",
                        "boutique.security.api-keys=checkout=" + HASH,
                        "DATABASE_URL=none"))
                .startsWith("DATABASE_URL cannot be used");
    }

    @Test
    void anUnreachableDatabaseIsReportedInOneLine() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(lineOf("DATABASE_URL=postgresql://user:secret@127.0.0.1:" + free + "/shop"))
                .startsWith("The database in DATABASE_URL cannot be used: ")
                .contains("refused")
                .doesNotContain("secret");
    }

    @Test
    void aDataFolderThatIsAFileIsReportedInOneLine(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThat(lineOf("BOUTIQUE_DATA_DIR=" + file))
                .contains(file.toString())
                .doesNotContain("\n");
    }

    private static ConfigurableEnvironment environmentOf(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return environment;
    }

    private static String lineOf(String... setting) {
        var failure = catchThrowable(() -> ServiceApplication.of(EmptyService.class, "food")
                .properties(setting)
                .run("--server.port=0")
                .close());
        return OneLineStartupFailure.describe(failure);
    }
}
