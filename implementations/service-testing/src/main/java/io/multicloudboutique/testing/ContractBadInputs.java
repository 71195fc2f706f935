package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a contract refuses is refused and has no effect, and nothing else is. A service's test extends it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ContractBadInputs {

    private final RunningService service;

    protected ContractBadInputs(RunningService service) {
        this.service = service;
    }

    /** For each path parameter the id of something that exists. */
    protected abstract Map<String, String> ids();

    /** Runs before each request that is accepted, to remove what the ones before have made or used up. */
    protected void makeRoom() {}

    Stream<BadInputs.Case> refused() {
        return BadInputs.refused(service.name(), ids());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatTheContractRefusesHasNoEffect(BadInputs.Case input) {
        var before = service.database().content(service.name());

        input.sendBy(service.client());

        assertThat(service.database().content(service.name()))
                .as(input.request().toString())
                .isEqualTo(before);
    }

    Stream<BadInputs.Case> accepted() {
        return BadInputs.accepted(service.name(), ids());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void whatTheContractAllowsIsNotRefused(BadInputs.Case input) {
        makeRoom();
        input.sendBy(service.client());
    }
}
