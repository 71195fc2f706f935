package io.multicloudboutique.contracts.compatibility;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.contracts.compatibility.CompatibilityGate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasedContractsTest {

    private static final Path CONTRACTS = Path.of("..", "..", "openapi", "target", "classes", "openapi", "bundled");
    private static final Path RELEASED = Path.of("..", "released");
    private static final Path NOTES = Path.of("target", "contract-changes.md");

    // The released contract of the fixtures: shop.yaml with the file that it references, in version 1.4.0.
    private static final Path SHOP = Path.of("src", "test", "resources", "released");

    @TempDir
    private Path changed;

    @Test
    void theContractsAreCompatibleWithTheLastRelease() throws IOException {
        var verdict = CompatibilityGate.check(RELEASED, CONTRACTS, System.getProperty("boutique.version"));

        Files.writeString(NOTES, verdict.report());
        if (Files.notExists(RELEASED)) {
            System.out.println(verdict.report());
        }
        assertThat(verdict.passed()).as(verdict.report()).isTrue();
    }

    @Test
    void aContractIsCompatibleWithItself() throws IOException {
        assertThat(ContractChanges.between(CONTRACTS, CONTRACTS)).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            total: {type: integer, format: int32} | amount: {type: integer}            | `total` removed (response 201)
            total: {type: integer, format: int32} | amount: {type: integer}            | `[].total` removed (response 200)
            remark: {type: string, minLength: 1, maxLength: 500} | ~~                  | `[].remark` removed (response 200)
            [id, status, total]                   | [id, status]                       | `[].total` is now optional
            total: {type: integer, format: int32} | total: {type: string}              | `total`: type is `string`, was `integer`
            total: {type: integer, format: int32} | total: {type: integer, format: int64} | `total`: format is `int64`, was `int32`
            [open, paid]                          | [open, paid, lost]                 | `status` can now be `lost`
            maximum: 1000000                      | maximum: 2000000                   | `id`: maximum is `2000000`, was `1000000`
            , maximum: 1000000                    | ~~                                 | `id`: maximum is not set
            maxLength: 500                        | maxLength: 501                     | `remark`: maxLength is `501`, was `500`
            minLength: 1, maxLength: 500          | maxLength: 500                     | `remark`: minLength is not set, was `1`
            maxItems: 200                         | maxItems: 300                      | maxItems is `300`, was `200`
            minItems: 1, maxItems: 9              | minItems: 0, maxItems: 9           | `parts`: minItems is `0`, was `1`
            name: {type: string}                  | title: {type: string}              | `[].parts[].name` removed
            name: {type: string}                  | name: {type: boolean}              | `[].parts[].name`: type is `boolean`
            violations: {type: array, maxItems: 9, items: {type: string}} | ~~         | `violations` removed (response 404)
            [not-found, rate-limited]             | [not-found, rate-limited, gone]    | `code` can now be `gone` (response 404)
            application/problem+json              | application/json                   | media type `application/problem+json` removed
            [web, phone]                          | [web]                              | `channel` can no longer be `phone`
            default: web                          | default: phone                     | `channel`: default is `phone`, was `web`
            required: [lines]                     | required: [lines, note]            | `note` is now required
            required: [item]                      | required: [item, gift]             | `lines[].gift` is now required
            gift: {type: boolean}                 | ~~                                 | `lines[].gift` removed (request)
            required: [item]\\n      properties: | required: [item, size]\\n      properties:\\n        size: {type: string} | `lines[].size` added and required
            '^[^x]*$'                             | '^[a-w]*$'                         | `note`: pattern is `^[a-w]*$`
            minLength: 1, maxLength: 200          | minLength: 2, maxLength: 200       | `note`: minLength is `2`, was `1`
            maxLength: 200                        | maxLength: 100                     | `note`: maxLength is `100`, was `200`
            minimum: 0, maximum: 9999.99          | minimum: 0.5, maximum: 9999.99     | `price`: minimum is `0.5`, was `0`
            maximum: 9999.99                      | maximum: 9999.9                    | `price`: maximum is `9999.9`, was `9999.99`
            x-fraction-digits: 2                  | x-fraction-digits: 1               | `price`: x-fraction-digits is `1`, was `2`
            x-fraction-digits: 3                  | x-fraction-digits: 4               | `[].weight`: x-fraction-digits is `4`, was `3`
            , x-fraction-digits: 3                | ~~                                 | `weight`: x-fraction-digits is not set, was `3` (response 201)
            maxItems: 50                          | maxItems: 20                       | `lines`: maxItems is `20`, was `50`
            requestBody:                          | x-body:                            | body removed
            requestBody:                          | requestBody:\\n        required: true | body is now required
            content: {application/json: {schema: {$ref: '#/components/schemas/OrderDraft'}}} | content: {application/xml: {schema: {$ref: '#/components/schemas/OrderDraft'}}} | media type `application/json` removed (request)
            - {name: status, in: query, schema: {type: string}} | ~~                   | removed (query parameter `status`)
            name: status                          | name: state                        | removed (query parameter `status`)
            name: status                          | required: true, name: status       | is now required (query parameter `status`)
            maximum: 200, default                 | maximum: 100, default              | maximum is `100`, was `200` (query parameter `limit`)
            default: 50                           | default: 10                        | default is `10`, was `50` (query parameter `limit`)
            '201'                                 | '200'                              | removed (response 201)
            '404': {$ref: 'shared/common.yaml#/components/responses/NotFound'} | ~~    | removed (response 404)
            Link: {schema: {type: string}}        | ~~                                 | header `Link` removed
            required: true, schema: {type: string, format: uuid} | schema: {type: string, format: uuid} | header `X-Request-Id` is now optional
            {type: string, format: uuid}          | {type: string}                     | `header X-Request-Id`: format is not set
            /health:                              | /healthz:                          | ### GET /health\\n\\n- **breaking:** removed
            operationId: createOrder              | operationId: addOrder              | operationId renamed from `createOrder` to `addOrder`
            {bearer: []}, {}]                     | {bearer: []}]                      | access no longer allowed without credentials
            [{apiKey: []}, {bearer: []},          | [{bearer: []},                     | access no longer allowed with `apiKey`
            ['shop:read']                         | ['shop:admin']                     | a token now needs the scope `shop:admin`
            scheme: bearer                        | scheme: basic                      | credentials are sent in a different way
            security: []                          | security: [{apiKey: []}]           | access no longer allowed without credentials
            name: X-API-Key                       | name: X-Key                        | credentials are sent in a different way
            """)
    void breakingChangesAreRejected(String released, String current, String expected) throws IOException {
        var verdict = shopWith(released, current, "1.5.0-SNAPSHOT");

        assertThat(verdict.report()).contains(expected.replace("\\n", "\n"));
        assertThat(verdict.report().lines()).anyMatch(line -> line.startsWith("- **breaking:**"));
        assertThat(verdict.passed()).isFalse();
    }

    @ParameterizedTest(name = "{0} -> {1}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            remark: {                             | discount: {type: number}\\n        remark: { | `discount` added (response 201)
            gift: {                               | size: {type: integer, minimum: 1}\\n        gift: { | `lines[].size` added (request)
            [id, status, total]                   | [id, status, total, remark]        | `remark` is now required
            [open, paid]                          | [open]                             | `status` can no longer be `paid`
            maxLength: 500                        | maxLength: 400                     | `remark`: maxLength is `400`, was `500`
            , pattern: '^[^x]*$'                  | ~~                                 | `note`: pattern is not set
            maximum: 9999.99                      | maximum: 20000                     | `price`: maximum is `20000`, was `9999.99`
            - {name: status,                      | - {name: from, in: query, schema: {type: string}}\\n        - {name: status, | added (query parameter `from`)
            '404': {$ref                          | '410': {description: Gone.}\\n        '404': {$ref | added (response 410)
            Link: {                               | X-Total: {schema: {type: integer}}\\n            Link: { | header `X-Total` added
            /health:                              | /livez:\\n    get: {operationId: getLiveness, responses: {'200': {description: Alive.}}}\\n  /health: | ### GET /livez\\n\\n- added
            security: [{apiKey: []}]              | security: [{apiKey: []}, {bearer: []}] | access now allowed with `bearer`
            x-required-scopes: ['shop:read']      | x-required-scopes: []              | a token no longer needs the scope `shop:read`
            x-fraction-digits: 2                  | x-fraction-digits: 3               | `price`: x-fraction-digits is `3`, was `2` (request)
            x-fraction-digits: 3                  | x-fraction-digits: 2               | `weight`: x-fraction-digits is `2`, was `3` (response 201)
            description: All of them.             | description: All orders.           | No change breaks clients.
            """)
    void compatibleChangesPass(String released, String current, String expected) throws IOException {
        var verdict = shopWith(released, current, "1.5.0-SNAPSHOT");

        assertThat(verdict.report()).contains("No change breaks clients.").contains(expected.replace("\\n", "\n"));
        assertThat(verdict.passed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.0, 1.4.1-SNAPSHOT, false",
        "1.4.0, 1.10.0, false",
        "1.4.0, 2.0.0-SNAPSHOT, true",
        "0.1.0, 0.1.1-SNAPSHOT, false",
        "0.1.0, 0.2.0-SNAPSHOT, true",
        "0.9.0, 1.0.0, true"
    })
    void onlyANewMajorVersionMayBreakClientsOrBefore1AMinorVersion(String released, String version, boolean mayBreak) {
        assertThat(CompatibilityGate.mayBreak(released, version)).isEqualTo(mayBreak);
    }

    @Test
    void theReportOfANewMajorVersionListsItsBreakingChanges() throws IOException {
        var verdict = shopWith("[open, paid]", "[open, paid, lost]", "2.0.0-SNAPSHOT");

        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.report()).isEqualTo("""
                # Contracts since 1.4.0

                Some changes break clients. Version 2.0.0-SNAPSHOT permits this: its major version (before 1.0, its minor version) is new.

                ## shop

                ### GET /orders

                - **breaking:** `[].status` can now be `lost` (response 200)

                ### POST /orders

                - **breaking:** `status` can now be `lost` (response 201)
                """);
    }

    @Test
    void addingAServiceIsCompatibleAndRemovingOneIsBreaking() throws IOException {
        shopWith("All of them.", "All orders.", "1.5.0");
        Files.move(changed.resolve("shop.yaml"), changed.resolve("store.yaml"));

        var shops = CompatibilityGate.check(SHOP, changed, "1.5.0");

        assertThat(shops.report())
                .contains("## shop\n\n### The service\n\n- **breaking:** removed")
                .contains("## store\n\n### The service\n\n- added");
        assertThat(shops.passed()).isFalse();
    }

    @Test
    void withoutAReleaseNothingIsCompared() throws IOException {
        var verdict = CompatibilityGate.check(changed.resolve("none"), CONTRACTS, "0.1.0-SNAPSHOT");

        assertThat(verdict.report()).contains("No release to compare with");
        assertThat(verdict.passed()).isTrue();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script needs bash")
    void laterContractsAreComparedWithTheReleasedOnes() throws Exception {
        assertThat(release("0.3.0")).isZero();

        // A later release replaces the whole folder, including a file that an earlier release left there.
        var released = Files.writeString(changed.resolve("contract-tests/released/gone.yaml"), "")
                .getParent();
        assertThat(release("0.4.0")).isZero();

        var verdict = CompatibilityGate.check(released, CONTRACTS, "0.4.1-SNAPSHOT");
        assertThat(verdict.report()).isEqualTo("# Contracts since 0.4.0\n\nNo change breaks clients.\n");
        assertThat(release("0.4.1-SNAPSHOT")).isNotZero();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script needs bash")
    void contractsThatWereChangedAfterTheBuildAreNotReleased() throws Exception {
        assertThat(release("0.3.0")).isZero();

        var source = changed.resolve("openapi/food.yaml");
        Files.writeString(source, "# changed", APPEND);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(runScript()).isNotZero();
        assertThat(changed.resolve("output")).content().contains("./mvnw");
    }

    private int release(String version) throws Exception {
        var script = Path.of("contract-tests", "release-contracts");
        Files.createDirectories(changed.resolve("contract-tests"));
        Files.copy(Path.of("..", "..").resolve(script), changed.resolve(script), COPY_ATTRIBUTES, REPLACE_EXISTING);
        Files.writeString(changed.resolve("pom.xml"), "<project>\n  <version>" + version + "</version>\n</project>\n");
        for (var folder : List.of("openapi", "openapi/shared", "openapi/target/classes/openapi/bundled")) {
            Files.createDirectories(changed.resolve(folder));
            try (var files = Files.newDirectoryStream(Path.of("..", "..").resolve(folder), "*.{yaml,json}")) {
                for (var file : files) {
                    Files.copy(file, changed.resolve(folder).resolve(file.getFileName()), REPLACE_EXISTING);
                }
            }
        }
        return runScript();
    }

    private int runScript() throws Exception {
        var script = Path.of("contract-tests", "release-contracts");
        return new ProcessBuilder("bash", script.toString())
                .directory(changed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(changed.resolve("output").toFile())
                .start()
                .waitFor();
    }

    private Verdict shopWith(String released, String current, String version) throws IOException {
        var from = released.replace("\\n", "\n");
        var replaced = 0;
        Files.createDirectories(changed.resolve("shared"));
        for (var file : List.of("shop.yaml", "shared/common.yaml")) {
            var text = Files.readString(SHOP.resolve(file));
            replaced += text.contains(from) ? 1 : 0;
            Files.writeString(changed.resolve(file), text.replace(from, current.replace("\\n", "\n")));
        }
        assertThat(replaced).as("number of files that contain " + released).isEqualTo(1);
        return CompatibilityGate.check(SHOP, changed, version);
    }
}
