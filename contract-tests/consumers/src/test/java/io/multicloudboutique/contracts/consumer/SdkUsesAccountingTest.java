package io.multicloudboutique.contracts.consumer;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static au.com.dius.pact.consumer.dsl.Matchers.fromProviderState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.HttpInteractionBuilder;
import au.com.dius.pact.consumer.dsl.HttpRequestBuilder;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.accounting.RefundDraft;
import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.accounting.TransactionDraft;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.errors.ServerException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({CommittedPacts.class, PactConsumerTestExt.class})
class SdkUsesAccountingTest {

    private static final TransactionDraft ORDER = TransactionDraft.of(
                    "1 x Film Camera", new BigDecimal("249.50"), LocalDate.of(2026, 1, 20))
            .withCustomer("Jane Smith")
            .withReference("order-1001")
            .withFingerprint("one-camera");
    private static final String KEY = "order-1001/record";

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact recorded(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to record an order",
                        interaction -> interaction
                                .state("there are no transactions")
                                .withRequest(request -> order(Sdk.post(request)))
                                .willRespondWith(response -> response.status(201)
                                        .body(newJsonBody(SdkUsesAccountingTest::transaction)
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "recorded")
    void itRecordsAnOrder(MockServer accounting) {
        try (var boutique = boutique(accounting)) {
            assertThat(boutique.accounting().createTransaction(ORDER)).isEqualTo(transaction());
        }
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact recordedBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to record an order that is already recorded",
                        interaction -> anOrderIsRecorded(interaction)
                                .withRequest(request -> order(Sdk.post(request)))
                                .willRespondWith(response -> Sdk.problem(response, 409, "reference-taken")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "recordedBefore")
    void itReadsThatAnOrderIsAlreadyRecorded(MockServer accounting) {
        try (var boutique = boutique(accounting)) {
            var conflict = catchThrowableOfType(
                    ConflictException.class, () -> boutique.accounting().createTransaction(ORDER));

            assertThat(conflict.code()).isEqualTo(ProblemCode.REFERENCE_TAKEN);
        }
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact found(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the transaction of an order",
                        interaction -> anOrderIsRecorded(interaction)
                                .state("the CRM has a customer", Map.of("name", "Jane", "surname", "Smith"))
                                .withRequest(SdkUsesAccountingTest::lookUp)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonBody(page -> otherFields(page.minArrayLike(
                                                        "transactions", 1, SdkUsesAccountingTest::transaction)))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "found")
    void itFindsTheTransactionOfAnOrder(MockServer accounting) {
        assertThat(find(accounting)).containsExactly(transaction());
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact notFound(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the transaction of a new order",
                        interaction -> interaction
                                .state("there are no transactions")
                                .state("the CRM has a customer", Map.of("name", "Jane", "surname", "Smith"))
                                .withRequest(SdkUsesAccountingTest::lookUp)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonBody(page -> otherFields(page.array("transactions", none -> {})))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "notFound")
    void itFindsNoTransactionOfANewOrder(MockServer accounting) {
        assertThat(find(accounting)).isEmpty();
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact deleted(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a transaction",
                        interaction -> anOrderIsRecorded(interaction)
                                .withRequest(request -> Sdk.delete(request)
                                        .path(fromProviderState("/transactions/${id}", "/transactions/5")))
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonBody(
                                                        body -> body.stringType("message", "Transaction 5 was deleted.")
                                                                .object("item", SdkUsesAccountingTest::transaction))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deleted")
    void itDeletesATransaction(MockServer accounting) {
        try (var boutique = boutique(accounting)) {
            assertThat(boutique.accounting().deleteTransaction(5).item()).isEqualTo(transaction());
        }
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact deletedBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to delete a transaction that does not exist",
                        interaction -> interaction
                                .state("there are no transactions")
                                .withRequest(request -> Sdk.delete(request).path("/transactions/5"))
                                .willRespondWith(response -> Sdk.problem(response, 404, "not-found")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "deletedBefore")
    void itReadsThatATransactionDoesNotExist(MockServer accounting) {
        try (var boutique = boutique(accounting)) {
            assertThatThrownBy(() -> boutique.accounting().deleteTransaction(5)).isInstanceOf(NotFoundException.class);
        }
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact refunded(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to refund a transaction",
                        interaction -> anOrderIsRecorded(interaction)
                                .withRequest(request -> refund(request)
                                        .body(newJsonBody(refund -> refund.numberType("amount", 49.5)
                                                        .stringType("reference", "refund-1001"))
                                                .build()))
                                .willRespondWith(response -> response.status(201)
                                        .body(newJsonBody(refund -> refund.integerType("id", 6)
                                                        .stringType("item", "Refund of 1 x Film Camera")
                                                        .numberType("price", -49.5)
                                                        .stringMatcher("date", Sdk.DATE, "2026-01-20")
                                                        .stringType("customer", "Jane Smith")
                                                        .stringMatcher("reference", "refund-1001", "refund-1001")
                                                        .integerType("refundOf", 5))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "refunded")
    void itRefundsATransaction(MockServer accounting) {
        try (var boutique = boutique(accounting)) {
            var draft = RefundDraft.of().withAmount(new BigDecimal("49.50")).withReference("refund-1001");

            var refund = boutique.accounting().refundTransaction(5, draft);

            assertThat(refund.price()).isEqualByComparingTo("-49.5");
            assertThat(refund.refundOf()).contains(5L);
        }
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact refundedBefore(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to refund a transaction of which nothing is left",
                        interaction -> anOrderIsRecorded(interaction)
                                .state("the order is refunded")
                                .withRequest(SdkUsesAccountingTest::refund)
                                .willRespondWith(response -> Sdk.problem(
                                        response,
                                        409,
                                        "refund-exceeds-rest",
                                        problem -> problem.numberType("refundable", 0))))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "refundedBefore")
    void itReadsWhatCanStillBeRefunded(MockServer accounting) {
        try (var boutique = boutique(accounting)) {
            var conflict = catchThrowableOfType(
                    ConflictException.class, () -> boutique.accounting().refundTransaction(5));

            assertThat(conflict.code()).isEqualTo(ProblemCode.REFUND_EXCEEDS_REST);
            assertThat(conflict.problem().orElseThrow().refundable().orElseThrow())
                    .isZero();
        }
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact foundRefunded(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request for the transaction of a refunded order",
                        interaction -> anOrderIsRecorded(interaction)
                                .state("the order is refunded")
                                .state("the CRM has a customer", Map.of("name", "Jane", "surname", "Smith"))
                                .withRequest(SdkUsesAccountingTest::lookUp)
                                .willRespondWith(response -> response.status(200)
                                        .body(newJsonBody(page -> otherFields(
                                                        page.minArrayLike("transactions", 1, transaction -> {
                                                            transaction(transaction);
                                                            transaction.numberType("refunded", 249.5);
                                                        })))
                                                .build())))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "foundRefunded")
    void itReadsThatAnOrderIsRefunded(MockServer accounting) {
        assertThat(find(accounting))
                .singleElement()
                .satisfies(transaction ->
                        assertThat(transaction.refunded().orElseThrow()).isEqualByComparingTo("249.5"));
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact inProgress(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to record an order, while the first request with its idempotency key is in progress",
                        interaction -> Sdk.inProgress(
                                        interaction.state("there are no transactions"), "/transactions", KEY)
                                .withRequest(request -> order(Sdk.post(request, KEY)))
                                .willRespondWith(
                                        response -> Sdk.temporaryProblem(response, 409, "request-in-progress")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "inProgress")
    void itReadsThatARequestIsInProgress(MockServer accounting) {
        try (var boutique = boutique(accounting)) {
            var conflict = catchThrowableOfType(
                    ConflictException.class,
                    () -> boutique.accounting()
                            .createTransaction(ORDER, RequestOptions.none().withIdempotencyKey(KEY)));

            assertThat(conflict.code()).isEqualTo(ProblemCode.REQUEST_IN_PROGRESS);
            assertThat(conflict.headers()).containsKey("retry-after");
        }
    }

    @Pact(consumer = "client-sdk", provider = "accounting")
    V4Pact unavailable(PactBuilder pact) {
        return pact.expectsToReceiveHttpInteraction(
                        "a request to record an order, while the service is unavailable",
                        interaction -> interaction
                                .state("there are no transactions")
                                .state("the database is unavailable")
                                .withRequest(request -> order(Sdk.post(request, KEY)))
                                .willRespondWith(response -> Sdk.temporaryProblem(response, 503, "unavailable")))
                .toPact();
    }

    @Test
    @PactTestFor(pactMethod = "unavailable")
    void itReadsWhenToTryAgain(MockServer accounting) {
        try (var boutique = boutique(accounting)) {
            var failure = catchThrowableOfType(
                    ServerException.class,
                    () -> boutique.accounting()
                            .createTransaction(ORDER, RequestOptions.none().withIdempotencyKey(KEY)));

            assertThat(failure.code()).isEqualTo(ProblemCode.UNAVAILABLE);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
        }
    }

    private static HttpInteractionBuilder anOrderIsRecorded(HttpInteractionBuilder interaction) {
        return interaction.state(
                "an order is recorded",
                Map.of(
                        "item", "1 x Film Camera",
                        "price", 249.5,
                        "date", "2026-01-20",
                        "customer", "Jane Smith",
                        "reference", "order-1001",
                        "fingerprint", "one-camera"));
    }

    private static HttpRequestBuilder order(HttpRequestBuilder request) {
        return request.path("/transactions")
                .body(newJsonBody(order -> order.stringType("item", "1 x Film Camera")
                                .numberType("price", 249.5)
                                .stringMatcher("date", Sdk.DATE, "2026-01-20")
                                .stringType("customer", "Jane Smith")
                                .stringType("reference", "order-1001")
                                .stringType("fingerprint", "one-camera"))
                        .build());
    }

    private static HttpRequestBuilder refund(HttpRequestBuilder request) {
        return Sdk.post(request).path(fromProviderState("/transactions/${id}/refund", "/transactions/5/refund"));
    }

    private static HttpRequestBuilder lookUp(HttpRequestBuilder request) {
        return Sdk.get(request).path("/transactions").queryParameter("reference", "order-1001");
    }

    private static void transaction(LambdaDslObject body) {
        body.integerType("id", 5)
                .stringType("item", "1 x Film Camera")
                .numberType("price", 249.5)
                .stringMatcher("date", Sdk.DATE, "2026-01-20")
                .stringType("customer", "Jane Smith")
                .stringMatcher("fingerprint", "one-camera", "one-camera");
    }

    /** Adds all fields of the page except the transactions. */
    private static void otherFields(LambdaDslObject page) {
        page.object(
                        "summary",
                        summary -> summary.integerType("totalTransactions", 1).numberType("totalAmount", 249.5))
                .object(
                        "crmIntegration",
                        crm -> crm.booleanType("connected", true)
                                .minArrayLike(
                                        "customers",
                                        1,
                                        customer -> customer.stringType("name", "Jane")
                                                .stringType("surname", "Smith"))
                                .stringMatcher("timestamp", Sdk.TIMESTAMP, "2026-01-20T10:30:00.125Z"));
    }

    private static Transaction transaction() {
        return new Transaction(
                5,
                "1 x Film Camera",
                new BigDecimal("249.5"),
                LocalDate.of(2026, 1, 20),
                Optional.of("Jane Smith"),
                Optional.empty(),
                Optional.of("one-camera"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private static List<Transaction> find(MockServer accounting) {
        try (var boutique = boutique(accounting)) {
            return boutique.accounting().listTransactions(TransactionQuery.all().withReference("order-1001")).stream()
                    .toList();
        }
    }

    private static BoutiqueClient boutique(MockServer accounting) {
        return Sdk.of(BoutiqueService.ACCOUNTING, accounting);
    }
}
