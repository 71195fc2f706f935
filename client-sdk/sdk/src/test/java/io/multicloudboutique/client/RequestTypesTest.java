package io.multicloudboutique.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.multicloudboutique.client.inventory.AdjustmentLine;
import io.multicloudboutique.client.inventory.AdjustmentReason;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationExtension;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationQuery;
import io.multicloudboutique.client.inventory.ReservationStatus;
import io.multicloudboutique.client.inventory.StockAdjustment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request types that are generated from the contracts behave as values. OperationsTest checks their JSON. */
class RequestTypesTest {

    static Stream<Class<?>> requestTypes() {
        var types = new PublicApi()
                .types().stream()
                        .filter(type -> type.getSimpleName()
                                .matches("\\w+(Draft|Change|Query|Line|Quantity|Adjustment|Extension|Return)"))
                        .filter(type -> !type.isRecord() && !type.isInterface())
                        .toList();
        assertThat(types).hasSize(27);
        return types.stream();
    }

    @ParameterizedTest
    @MethodSource("requestTypes")
    void nullIsRefusedWhereItIsGiven(Class<?> type) throws Exception {
        var empty = create(type);
        for (var method : methodsWithParameters(type)) {
            for (var i = 0; i < method.getParameterCount(); i++) {
                if (!method.getParameterTypes()[i].isPrimitive()) {
                    var arguments = samples(method);
                    arguments[i] = null;

                    var failure = catchThrowable(() -> method.invoke(empty, arguments));

                    assertThat(failure)
                            .as(method.toString())
                            .isInstanceOf(InvocationTargetException.class)
                            .cause()
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage(method.getParameters()[i].getName());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("requestTypes")
    void eachValueIsReadableAndPartOfEqualityAndText(Class<?> type) throws Exception {
        var empty = create(type);
        assertThat(empty)
                .isEqualTo(create(type))
                .hasSameHashCodeAs(create(type))
                .hasToString(create(type).toString());
        for (var method : methodsWithParameters(type)) {
            if (method.getName().startsWith("with")) {
                var changed = method.invoke(empty, samples(method));
                var name = method.getName().substring(4, 5).toLowerCase()
                        + method.getName().substring(5);

                assertThat(type.getMethod(name).invoke(changed))
                        .as(name)
                        .hasToString("Optional[" + samples(method)[0] + "]");
                assertThat(type.getMethod(name).invoke(empty)).as(name).hasToString("Optional.empty");
                assertThat(changed)
                        .isEqualTo(method.invoke(create(type), samples(method)))
                        .isNotEqualTo(empty)
                        .asString()
                        .contains(name + "=" + samples(method)[0]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT1.5S", "PT24H1S"})
    void aTimeThatTheContractDoesNotAllowIsRefusedWhereItIsGiven(Duration ttl) {
        var draft = ReservationDraft.of(List.of(ReservationLine.of("A", 1)));

        assertThat(catchThrowable(() -> draft.withTtl(ttl)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ttl must be 1 to 86400 seconds, in whole seconds, but is " + ttl + ".");
        assertThat(draft.withTtl(Duration.ofHours(24)).ttl()).contains(Duration.ofHours(24));
    }

    @Test
    void aTimeIsAlsoCheckedIfItIsRequired() {
        assertThat(catchThrowable(() -> ReservationExtension.of(Duration.ofMillis(1500))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ttl must be 1 to 86400 seconds, in whole seconds, but is PT1.5S.");
        assertThat(ReservationExtension.of(Duration.ofHours(24)).ttl()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void aValueThatOnlyANewerServiceKnowsCannotBeSent() {
        var lines = List.of(AdjustmentLine.of("A", 1));

        assertThat(catchThrowable(() -> StockAdjustment.of(lines, AdjustmentReason.UNKNOWN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reason must not be UNKNOWN, which only a response can have.");
        assertThat(catchThrowable(() -> ReservationQuery.all().withStatus(ReservationStatus.UNKNOWN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status must not be UNKNOWN, which only a response can have.");
    }

    private static Object create(Class<?> type) throws ReflectiveOperationException {
        var factory = Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .findFirst()
                .orElseThrow();
        return factory.invoke(null, samples(factory));
    }

    private static List<Method> methodsWithParameters(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() > 0)
                .filter(method -> !method.getName().equals("equals"))
                .toList();
    }

    private static Object[] samples(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(RequestTypesTest::sample)
                .toArray();
    }

    private static Object sample(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "String" -> "text";
            case "int" -> 7;
            case "long" -> 7L;
            case "boolean" -> true;
            case "BigDecimal" -> new BigDecimal("7.50");
            case "Duration" -> Duration.ofMinutes(7);
            case "Instant" -> Instant.EPOCH;
            case "LocalDate" -> LocalDate.EPOCH;
            case "AdjustmentReason" -> AdjustmentReason.RECEIVED;
            case "ReservationStatus" -> ReservationStatus.ACTIVE;
            case "List" -> List.of(ReservationLine.of("A", 1));
            default -> throw new AssertionError("There is no sample of " + type + ": add one.");
        };
    }
}
