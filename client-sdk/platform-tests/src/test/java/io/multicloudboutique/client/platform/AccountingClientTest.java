package io.multicloudboutique.client.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.accounting.AccountingClient;
import io.multicloudboutique.client.accounting.CrmCustomer;
import io.multicloudboutique.client.accounting.RefundDraft;
import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.accounting.TransactionChange;
import io.multicloudboutique.client.accounting.TransactionDraft;
import io.multicloudboutique.client.accounting.TransactionQuery;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SharedPlatform
class AccountingClientTest {

    private static final BigDecimal PRICE = new BigDecimal("75.50");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 29);

    @RegisterExtension
    static final Recorded<AccountingClient> RECORDED = Recorded.of(AccountingClient.class);

    private final Platform platform;
    private final AccountingClient accounting;

    AccountingClientTest(Platform platform) {
        this.platform = platform;
        accounting = RECORDED.around(platform.client().accounting());
    }

    @Test
    void theServiceIsHealthy() {
        Healths.assertHealthy(accounting, "accounting");
    }

    @Test
    void aTransactionIsRecorded() {
        var transaction = accounting.createTransaction(TransactionDraft.of("2 × Film Camera", PRICE, DAY)
                .withCustomer("Ann Lee")
                .withReference("sdk recorded/1"));
        assertThat(transaction.item()).isEqualTo("2 × Film Camera");
        assertThat(transaction.price()).isEqualByComparingTo("75.5");
        assertThat(transaction.date()).isEqualTo(DAY);
        assertThat(transaction.customer()).contains("Ann Lee");
        assertThat(transaction.reference()).contains("sdk recorded/1");
        assertThat(transaction.etag()).isPresent();
        assertThat(accounting.getTransaction(transaction.id())).isEqualTo(transaction);

        var bare = accounting.createTransaction(TransactionDraft.of("Pen", BigDecimal.ZERO, DAY));
        assertThat(bare.customer()).isEmpty();
        assertThat(bare.reference()).isEmpty();
    }

    @Test
    void theSameKeyRecordsOnce() {
        var day = LocalDate.of(2001, 1, 1);
        var transaction = TransactionDraft.of("Pen", PRICE, day);
        var first =
                accounting.createTransaction(transaction, RequestOptions.none().withIdempotencyKey("sdk-once"));
        assertThat(accounting.createTransaction(
                        transaction, RequestOptions.none().withIdempotencyKey("sdk-once")))
                .isEqualTo(first);
        assertThat(accounting
                        .listTransactions(TransactionQuery.all().withFrom(day).withTo(day.plusDays(1)))
                        .first()
                        .summary()
                        .totalTransactions())
                .isEqualTo(1);
    }

    @Test
    void anUnchangedItemIsNotSentAgain() {
        var transaction = accounting.createTransaction(TransactionDraft.of("Pen", PRICE, DAY));
        assertThat(accounting.getTransactionIfChanged(transaction.id(), etag(transaction)))
                .isEmpty();
        var changed = accounting.updateTransaction(
                transaction.id(), TransactionChange.none().withItem("Red Pen"));
        assertThat(accounting.getTransactionIfChanged(transaction.id(), etag(transaction)))
                .contains(changed);
    }

    @Test
    void omittedFieldsKeepTheirValues() {
        var transaction = accounting.createTransaction(
                TransactionDraft.of("Pen", PRICE, DAY).withCustomer("Ann Lee").withReference("sdk-changed"));
        var changed = accounting.updateTransaction(
                transaction.id(),
                TransactionChange.none().withPrice(BigDecimal.ONE).withDate(DAY.plusDays(1)));
        assertThat(changed.item()).isEqualTo("Pen");
        assertThat(changed.price()).isEqualByComparingTo("1");
        assertThat(changed.date()).isEqualTo("2024-03-01");
        assertThat(changed.customer()).contains("Ann Lee");
        assertThat(changed.reference()).contains("sdk-changed");
        assertThat(accounting.getTransaction(transaction.id())).isEqualTo(changed);

        var cleared = accounting.updateTransaction(
                transaction.id(), TransactionChange.none().withCustomer("").withReference(""));
        assertThat(cleared.customer()).isEmpty();
        assertThat(cleared.reference()).isEmpty();
    }

    @Test
    void aChangeOfAnOldVersionIsRejected() {
        var first = accounting.createTransaction(TransactionDraft.of("Pen", PRICE, DAY));
        var second = accounting.updateTransaction(
                first.id(),
                TransactionChange.none().withItem("Red Pen"),
                RequestOptions.none().withIfMatch(etag(first)));
        assertThat(second.item()).isEqualTo("Red Pen");
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> accounting.updateTransaction(
                        first.id(),
                        TransactionChange.none().withItem("Blue Pen"),
                        RequestOptions.none().withIfMatch(etag(first))));
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> accounting.deleteTransaction(
                        first.id(), RequestOptions.none().withIfMatch(etag(first))));
        assertThat(accounting.getTransaction(first.id())).isEqualTo(second);
        accounting.deleteTransaction(first.id(), RequestOptions.none().withIfMatch(etag(second)));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> accounting.getTransaction(first.id()));
    }

    @Test
    void deletingATransactionReturnsItAndFreesItsReference() {
        var record = TransactionDraft.of("Pen", PRICE, DAY)
                .withReference("sdk-deleted")
                .withFingerprint("one-pen");
        var transaction = accounting.createTransaction(record);
        assertThat(accounting.deleteTransaction(transaction.id()).item())
                .isEqualTo(new Transaction(
                        transaction.id(),
                        "Pen",
                        transaction.price(),
                        DAY,
                        Optional.empty(),
                        Optional.of("sdk-deleted"),
                        Optional.of("one-pen"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> accounting.deleteTransaction(transaction.id()));
        assertThat(accounting.createTransaction(record).id()).isNotEqualTo(transaction.id());
    }

    @Test
    void aTransactionIsRefundedInParts() {
        var transaction = accounting.createTransaction(
                TransactionDraft.of("Pen", PRICE, DAY).withCustomer("Ann Lee"));
        var part = RefundDraft.of().withAmount(new BigDecimal("20.25")).withReference("sdk-refund");
        var key = RequestOptions.none().withIdempotencyKey("sdk-refund");
        var first = accounting.refundTransaction(transaction.id(), part, key);
        assertThat(first.price()).isEqualByComparingTo("-20.25");
        assertThat(first.refundOf()).contains(transaction.id());
        assertThat(first.customer()).contains("Ann Lee");
        assertThat(first.reference()).contains("sdk-refund");
        assertThat(accounting.refundTransaction(transaction.id(), part, key)).isEqualTo(first);

        assertThat(accounting.refundTransaction(transaction.id()).price()).isEqualByComparingTo("-55.25");
        assertThat(accounting.getTransaction(transaction.id()).refunded().orElseThrow())
                .isEqualByComparingTo(PRICE);
    }

    @Test
    void aTransactionIsFoundByItsReference() {
        var transaction = accounting.createTransaction(
                TransactionDraft.of("Pen", PRICE, DAY).withReference("sdk found/a&b=1"));
        assertThat(accounting.listTransactions(TransactionQuery.all().withReference("sdk found/a&b=1")))
                .extracting(Transaction::id)
                .containsExactly(transaction.id());
    }

    @Test
    void pagesStartWithTheLatestDayAndHaveTheSummaryOfAllTransactions() {
        var first = LocalDate.of(2002, 12, 30);
        for (var day = 0; day < 7; day++) {
            accounting.createTransaction(
                    TransactionDraft.of("Day " + day, new BigDecimal("0.10"), first.plusDays(day)));
        }
        var pages = accounting.listTransactions(TransactionQuery.all()
                .withFrom(first.plusDays(1))
                .withTo(first.plusDays(6))
                .withPageSize(2));
        assertThat(pages).extracting(Transaction::item).containsExactly("Day 5", "Day 4", "Day 3", "Day 2", "Day 1");
        assertThat(pages.pages()).extracting(page -> page.items().size()).containsExactly(2, 2, 1);
        assertThat(pages.pages()).allSatisfy(page -> {
            assertThat(page.summary().totalTransactions()).isEqualTo(5);
            assertThat(page.summary().totalAmount()).isEqualByComparingTo("0.5");
        });
        assertThat(accounting.listTransactions())
                .extracting(Transaction::item)
                .containsSubsequence(
                        "Consulting Hours", "Cloud Services", "Software License", "Office Supplies", "Day 6");
    }

    @Test
    void aPageHasTheCustomersOfTheCrm() {
        var newest = platform.client().crm().listCustomers().iterator().next();
        var crm = accounting.listTransactions().first().crmIntegration();
        assertThat(crm.connected()).isTrue();
        assertThat(crm.message()).isEmpty();
        assertThat(crm.customers()).startsWith(new CrmCustomer(newest.name(), newest.surname(), Map.of()));
    }

    private static String etag(Transaction transaction) {
        return transaction.etag().orElseThrow();
    }
}
