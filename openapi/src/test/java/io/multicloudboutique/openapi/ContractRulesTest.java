package io.multicloudboutique.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractRulesTest {

    private static final Contracts CONTRACTS = Contracts.in(Resources.folder("/openapi"));

    static List<ContractRule> rules() {
        return ContractRule.ALL;
    }

    static List<Fixture> fixtures() throws IOException {
        return Fixture.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void everyContractFollowsTheRule(ContractRule rule) {
        assertThat(rule.violations(CONTRACTS)).as(rule.demand()).isEmpty();
    }

    @Test
    void everyServiceHasAContract() {
        assertThat(CONTRACTS.judged())
                .extracting(Contract::service)
                .containsExactly("accounting", "analytics", "crm", "food", "furniture", "inventory");
    }

    @Test
    void conformingFixtureFollowsAllRules(@TempDir Path folder) throws IOException {
        Contracts conforming = Fixture.conforming().contractsIn(folder).beside(CONTRACTS);

        assertThat(ContractRule.ALL)
                .allSatisfy(rule -> assertThat(rule.violations(conforming))
                        .as(rule.demand())
                        .isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void fixtureBreaksOnlyItsRule(Fixture fixture, @TempDir Path folder) throws IOException {
        Contracts broken = fixture.contractsIn(folder).beside(CONTRACTS);

        List<String> brokenRules = ContractRule.ALL.stream()
                .filter(rule -> !rule.violations(broken).isEmpty())
                .map(ContractRule::id)
                .toList();

        assertThat(brokenRules)
                .as(() -> ContractRule.ALL.stream()
                        .flatMap(rule -> rule.violations(broken).stream().map(v -> rule.id() + ": " + v))
                        .toList()
                        .toString())
                .containsExactly(fixture.rule());
    }

    @Test
    void everyRuleHasExactlyOneFixture() throws IOException {
        assertThat(Fixture.all())
                .extracting(Fixture::rule)
                .containsExactlyInAnyOrderElementsOf(
                        ContractRule.ALL.stream().map(ContractRule::id).toList());
    }

    @Test
    void readmeListsEveryRuleInOrder() throws IOException {
        // The contracts are copied to target/classes/openapi, three levels below the module.
        Path readme = Resources.folder("/openapi").resolve("../../../README.md");

        assertThat(Files.readAllLines(readme))
                .containsSubsequence(ContractRule.ALL.stream()
                        .map(rule -> "| `" + rule.id() + "` | " + rule.demand() + " |")
                        .toList());
    }
}
