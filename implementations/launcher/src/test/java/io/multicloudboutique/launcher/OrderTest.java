package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs the commands of the README's section on an order and checks the responses. */
class OrderTest {

    @TempDir
    static Path dataFolder;

    private RunningLauncher launcher;

    @Test
    void theCommandsOfTheReadmePlaceAnOrder() throws IOException {
        var commands = CurlCommand.allIn(section("## An order from start to end"));
        assertThat(commands).hasSize(11);
        try (var fresh = RunningLauncher.up(RunningLauncher.freePortBase(), dataFolder)) {
            launcher = fresh.awaitUpstreams();

            var menu = run(commands.get(0), 200);
            assertThat(menu.path("inventoryCheck").path("checked").asBoolean())
                    .as(menu.toString())
                    .isTrue();

            var cart = run(commands.get(1), 201);
            assertThat(cart.path("status").asString()).isEqualTo("active");
            var reservation = cart.path("reservationId").asString();

            var transaction = run(commands.get(2), 201);
            assertThat(transaction.path("reference")).isEqualTo(cart.path("reference"));
            assertThat(run(commands.get(2), 201)).as("the repeated request").isEqualTo(transaction);

            var confirmed = run(commands.get(3).with("RESERVATION", reservation), 200);
            assertThat(confirmed.path("status").asString()).isEqualTo("confirmed");
            run(commands.get(4), 201);

            var record = run(commands.get(5), 200);
            assertThat(record.path("transactions")).hasSize(1);
            assertThat(record.path("summary").path("totalAmount")).isEqualTo(transaction.path("price"));
            assertThat(record.path("crmIntegration").path("connected").asBoolean())
                    .as(record.toString())
                    .isTrue();
            assertThat(run(commands.get(6), 200).path("stockLevel").asInt()).isEqualTo(14);
            var summary = run(commands.get(7), 200).path("summary");
            assertThat(summary.path("totalTransactions").asInt()).isEqualTo(1);
            assertThat(summary.path("averageDurationMs").asInt()).isEqualTo(742);

            var problem = run(commands.get(8), 409);
            assertThat(problem.path("code").asString()).isEqualTo("reference-taken");

            var id = transaction.path("id").asString();
            var refund = run(commands.get(9).with("TRANSACTION", id), 201);
            assertThat(refund.path("price").decimalValue()).isEqualByComparingTo("-249");
            assertThat(refund.path("refundOf")).isEqualTo(transaction.path("id"));
            var returned = run(commands.get(10).with("RESERVATION", reservation), 200);
            assertThat(returned.path("returnedLines")).isEqualTo(returned.path("lines"));
            assertThat(run(commands.get(6), 200).path("stockLevel").asInt()).isEqualTo(15);
        }
    }

    private JsonNode run(CurlCommand command, int status) {
        var port = Integer.parseInt(command.host().substring(command.host().indexOf(':') + 1));
        var service = Arrays.stream(Service.values())
                .filter(candidate -> candidate.port(8080) == port)
                .findFirst()
                .orElseThrow();
        return command.run(launcher.client(service)).expected(status).json();
    }

    private static String section(String heading) throws IOException {
        var readme = Files.readString(Path.of("../../README.md"));
        var begin = readme.indexOf(heading);
        assertThat(begin).as(heading).isNotNegative();
        var end = readme.indexOf("\n## ", begin + heading.length());
        return readme.substring(begin, end);
    }
}
