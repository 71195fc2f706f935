package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineReportTest {

    private static final String SUCCESS = "<testcase classname='food.MenuTest' name='lists'/>";

    @TempDir
    Path folder;

    @BeforeEach
    void beginBuild() throws IOException {
        Files.writeString(folder.resolve("engine"), "An engine 1.0");
    }

    @Test
    void aBuildWithoutFailuresSucceeds() throws Exception {
        tests("food", SUCCESS + "<testcase classname='food.MenuTest' name='sorts'><skipped/></testcase>");

        assertThat(report(true))
                .contains("An engine 1.0")
                .containsPattern("food +2 +0 +1\n")
                .contains("0 tests failed.");
    }

    @Test
    void aBuildWithoutTestsFails() throws Exception {
        Files.createDirectory(folder.resolve("tests"));

        report(false);
    }

    @Test
    void failedTestsOfAllModulesAreListed() throws Exception {
        tests(
                "crm",
                "<testcase classname='crm.CustomerTest' name='reads'><failure message='was 500&#10;…'/></testcase>");
        tests("food", SUCCESS + "<testcase classname='food.MenuTest' name=''><error message='no start'/></testcase>");

        assertThat(report(false))
                .containsPattern("crm +1 +1 +0\n")
                .containsPattern("food +2 +1 +0\n")
                .contains("2 tests failed.")
                .contains("crm.CustomerTest.reads: was 500\n", "food.MenuTest: no start\n");
    }

    @Test
    void aStatementThatSeveralModulesSentIsListedOnce() throws Exception {
        tests("food", SUCCESS);
        var locked = new Refusal("0A000", "FOR UPDATE is not supported", "SELECT 1\nFOR UPDATE", "food");
        for (var module : new String[] {"food", "launcher"}) {
            var refusals = new Refusals(folder.resolve(module + ".refusals"));
            refusals.add(locked);
            refusals.add(locked);
        }

        assertThat(report(false)).contains("The engine refuses 1 statements.").contains("""
                  0A000 FOR UPDATE is not supported (session food)
                    SELECT 1
                    FOR UPDATE
                """);
    }

    private void tests(String module, String cases) throws IOException {
        var reports = Files.createDirectories(folder.resolve("tests").resolve(module));
        Files.writeString(reports.resolve("TEST-all.xml"), "<testsuite>" + cases + "</testsuite>");
        Files.writeString(reports.resolve("all.txt"), "not a report in XML");
    }

    private String report(boolean success) throws Exception {
        var console = new ByteArrayOutputStream();
        assertThat(EngineReport.create(folder, new PrintStream(console))).isEqualTo(success);
        var written = Files.readString(folder.resolve("report.txt"));
        assertThat(console.toString())
                .contains(written)
                .contains(folder.resolve("report.txt").toString());
        return written;
    }
}
