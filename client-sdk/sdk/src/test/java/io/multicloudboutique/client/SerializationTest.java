package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.answer;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static io.multicloudboutique.client.ScriptedServer.reset;
import static io.multicloudboutique.client.ScriptedServer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.checkout.Checkout;
import io.multicloudboutique.client.checkout.CheckoutException;
import io.multicloudboutique.client.checkout.Order;
import io.multicloudboutique.client.checkout.OrderLine;
import io.multicloudboutique.client.checkout.Payments;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Exceptions travel between processes, for example from a cluster's worker to its master, without losing anything. */
class SerializationTest {

    private static final String KEY = "key-1";

    private static BoutiqueException failure(Step step) throws Exception {
        try (var server = new ScriptedServer(step);
                var client = BoutiqueClient.builder()
                        .baseUrl(BoutiqueService.INVENTORY, server.url())
                        .attemptTimeout(Duration.ofMillis(300))
                        .maxRetries(0)
                        .build()) {
            return (BoutiqueException) catchThrowable(() -> client.inventory()
                    .cancelReservation(UUID.randomUUID(), RequestOptions.none().withIdempotencyKey(KEY)));
        }
    }

    private static List<BoutiqueException> oneOfEachKind() throws Exception {
        var failures = new ArrayList<BoutiqueException>();
        for (var code : ErrorsTest.everyCode().toList()) {
            failures.add(failure(problem((int) code.get()[1], (String) code.get()[0], """
                    ,"violations":[{"pointer":"/quantity","message":"must be at least 1"}],\
                    "shortages":[{"productId":"A","available":2,"requested":3}],"reservationStatus":"expired",\
                    "productId":"A","refundable":55.50""", "Retry-After: 7")));
        }
        failures.add(failure(answer(502, "text/html", "<title>502 Bad Gateway</title>")));
        failures.add(failure(reset()));
        failures.add(failure(silence()));
        Thread.currentThread().interrupt();
        try {
            failures.add(failure(silence()));
        } finally {
            Thread.interrupted();
        }
        return failures;
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) throws IOException, ClassNotFoundException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Test
    void eachExceptionKeepsEverything() throws Exception {
        var failures = oneOfEachKind();

        assertThat(failures.stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(exceptions("errors"));
        for (var failure : failures) {
            var copy = copy(failure);
            assertThat(copy).isExactlyInstanceOf(failure.getClass()).hasMessage(failure.getMessage());
            assertThat(copy.call()).isEqualTo(failure.call());
            assertThat(copy.call().idempotencyKey()).contains(KEY);
            assertThat(copy.requestId()).isEqualTo(failure.requestId()).isNotEmpty();
            assertThat(copy.mayHaveTakenEffect()).isEqualTo(failure.mayHaveTakenEffect());
            assertThat(copy.status()).isEqualTo(failure.status());
            assertThat(copy.problem()).isEqualTo(failure.problem());
            if (failure.getCause() == null) {
                assertThat(copy).hasNoCause();
            } else {
                assertThat(copy).hasCauseExactlyInstanceOf(failure.getCause().getClass());
            }
            if (failure instanceof ProblemException problem) {
                var answer = ((ProblemException) copy).answer();
                assertThat(answer).isEqualTo(problem.answer());
                assertThat(answer.body()).isEqualTo(problem.body()).isNotEmpty();
                assertThat(answer.headers().get("content-TYPE"))
                        .isEqualTo(problem.headers().get("Content-Type"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aCheckoutExceptionKeepsEverything() throws Exception {
        try (var server = new ScriptedServer(problem(500, "internal", ""));
                var client = BoutiqueClient.builder()
                        .baseUrl(BoutiqueService.INVENTORY, server.url())
                        .baseUrl(BoutiqueService.ACCOUNTING, server.url())
                        .maxRetries(0)
                        .build()) {
            var failure = (CheckoutException) catchThrowable(() -> Checkout.of(client, new PayOnDelivery())
                    .place(Order.of("order-1", OrderLine.product("A", 1, BigDecimal.ONE))));

            var copy = copy(failure);
            assertThat(copy).hasMessage(failure.getMessage()).hasCauseInstanceOf(BoutiqueException.class);
            assertThat(copy.orderId()).isEqualTo("order-1");
            assertThat(copy.failedStep()).isEqualTo(failure.failedStep());
            assertThat(copy.undone()).isEqualTo(failure.undone());
            assertThat(copy.notUndone()).isEqualTo(failure.notUndone()).isNotEmpty();
        }
    }

    private static final class PayOnDelivery implements Payments {

        @Override
        public void charge(String orderId, BigDecimal amount) {}

        @Override
        public void refund(String orderId) {}
    }

    @Test
    void noExceptionHasAFieldThatIsLost() throws Exception {
        var exceptions = exceptions("errors", "checkout");

        assertThat(exceptions).contains(CheckoutException.class).hasSizeGreaterThan(14);
        for (var exception : exceptions) {
            for (var type = exception; type != RuntimeException.class; type = type.getSuperclass()) {
                assertThat(type.getDeclaredFields())
                        .filteredOn(field -> !Modifier.isStatic(field.getModifiers()))
                        .noneMatch(field -> Modifier.isTransient(field.getModifiers()));
            }
        }
    }

    /** The public exceptions that a call throws, in these packages below the package of the client. */
    private static List<Class<?>> exceptions(String... packages) throws Exception {
        var classes = Path.of(BoutiqueClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var exceptions = new ArrayList<Class<?>>();
        for (var name : packages) {
            var folder = BoutiqueClient.class.getPackageName().replace('.', '/') + "/" + name;
            try (var files = Files.list(classes.resolve(folder))) {
                for (var file : files.filter(path -> path.toString().endsWith("Exception.class"))
                        .toList()) {
                    var type = Class.forName(classes.relativize(file)
                            .toString()
                            .replace(".class", "")
                            .replace(file.getFileSystem().getSeparator(), "."));
                    if (!Modifier.isAbstract(type.getModifiers())) {
                        exceptions.add(type);
                    }
                }
            }
        }
        return exceptions;
    }
}
