package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that a service rejects invalid requests without any effect, and accepts unusual requests that its contract
 * allows. A service's test extends this class.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ContractBadInputs {

    private final RunningService service;

    protected ContractBadInputs(RunningService service) {
        this.service = service;
    }

    /** Returns, for each path parameter, the id of an existing item. */
    protected abstract Map<String, String> ids();

    /**
     * Runs before each valid request. Override it to remove items that earlier requests created, and to restore what
     * they used up.
     */
    protected void makeRoom() {}

    Stream<BadInputs.Case> refused() {
        return BadInputs.refused(service.name(), ids());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void anInvalidRequestIsRejectedWithoutEffect(BadInputs.Case input) {
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
    void anUnusualValidRequestIsAccepted(BadInputs.Case input) {
        makeRoom();
        input.sendBy(service.client());
    }
}
