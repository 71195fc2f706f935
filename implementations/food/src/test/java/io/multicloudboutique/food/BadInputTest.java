package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.BadInputs;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {

    @RegisterExtension
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=http://127.0.0.1:1");

    private static final Map<String, String> IDS = Map.of("id", "1");

    static Stream<BadInputs.Case> refused() {
        return BadInputs.refused("food", IDS);
    }

    static Stream<BadInputs.Case> accepted() {
        return BadInputs.accepted("food", IDS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatTheContractRefusesHasNoEffect(BadInputs.Case input) {
        var before = food.database().content("food");
        input.sendBy(food.client());
        assertThat(food.database().content("food"))
                .as(input.request().toString())
                .isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void whatTheContractAllowsIsNotRefused(BadInputs.Case input) {
        input.sendBy(food.client());
    }
}
