package io.multicloudboutique.client.internal.accounting;

import static io.multicloudboutique.client.internal.http.Wire.each;
import static io.multicloudboutique.client.internal.http.Wire.required;

import io.multicloudboutique.client.accounting.CrmCustomer;
import io.multicloudboutique.client.accounting.CrmIntegration;
import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.accounting.TransactionChange;
import io.multicloudboutique.client.accounting.TransactionDraft;
import io.multicloudboutique.client.accounting.TransactionPage;
import io.multicloudboutique.client.accounting.TransactionSummary;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps the generated types to the public types of the SDK, and back. */
final class AccountingMapping {

    private AccountingMapping() {}

    static Transaction transaction(TransactionDto wire, @Nullable String etag) {
        return new Transaction(
                required(wire.getId(), "id"),
                required(wire.getItem(), "item"),
                required(wire.getPrice(), "price"),
                required(wire.getDate(), "date"),
                Optional.ofNullable(wire.getCustomer()),
                Optional.ofNullable(wire.getReference()),
                Optional.ofNullable(etag));
    }

    static Transaction transaction(DeletedTransactionDto wire) {
        return transaction(required(wire.getItem(), "item"), null);
    }

    static TransactionPage page(TransactionListDto wire) {
        return new TransactionPage(
                each(wire.getTransactions(), "transactions", transaction -> transaction(transaction, null)),
                summary(required(wire.getSummary(), "summary")),
                crm(required(wire.getCrmIntegration(), "crmIntegration")));
    }

    private static TransactionSummary summary(TransactionSummaryDto wire) {
        return new TransactionSummary(
                required(wire.getTotalTransactions(), "totalTransactions"),
                required(wire.getTotalAmount(), "totalAmount"));
    }

    private static CrmIntegration crm(CrmIntegrationDto wire) {
        return new CrmIntegration(
                required(wire.getConnected(), "connected"),
                each(wire.getCustomers(), "customers", AccountingMapping::customer),
                Optional.ofNullable(wire.getMessage()),
                required(wire.getTimestamp(), "timestamp"));
    }

    private static CrmCustomer customer(CrmCustomerDto wire) {
        return new CrmCustomer(required(wire.getName(), "name"), required(wire.getSurname(), "surname"));
    }

    static TransactionDraftDto wire(TransactionDraft transaction) {
        return new TransactionDraftDto()
                .item(transaction.item())
                .price(transaction.price())
                .date(transaction.date())
                .customer(transaction.customer().orElse(null))
                .reference(transaction.reference().orElse(null));
    }

    static TransactionChangeDto wire(TransactionChange change) {
        return new TransactionChangeDto()
                .item(change.item().orElse(null))
                .price(change.price().orElse(null))
                .date(change.date().orElse(null))
                .customer(change.customer().orElse(null))
                .reference(change.reference().orElse(null));
    }
}
