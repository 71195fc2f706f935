package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.accounting.api.CrmCustomerDto;
import io.multicloudboutique.accounting.api.CrmIntegrationDto;
import io.multicloudboutique.accounting.api.RefundDraftDto;
import io.multicloudboutique.accounting.api.TransactionChangeDto;
import io.multicloudboutique.accounting.api.TransactionDraftDto;
import io.multicloudboutique.accounting.api.TransactionDto;
import io.multicloudboutique.accounting.api.TransactionSummaryDto;
import io.multicloudboutique.accounting.crm.CrmCustomer;
import io.multicloudboutique.accounting.ledger.Transaction.Draft;
import io.multicloudboutique.support.totals.Totals.Total;
import io.multicloudboutique.support.upstream.UpstreamListClient;

/** Maps between domain records and the generated types of the contract. */
final class TransactionMapping {

    private TransactionMapping() {}

    static Draft draft(TransactionDraftDto request) {
        return new Draft(
                request.getItem(),
                request.getPrice(),
                request.getDate(),
                request.getCustomer(),
                request.getReference(),
                request.getFingerprint(),
                null);
    }

    static Draft draft(TransactionChangeDto request) {
        return new Draft(
                request.getItem(),
                request.getPrice(),
                request.getDate(),
                request.getCustomer(),
                request.getReference(),
                null,
                null);
    }

    static Refund refund(long id, RefundDraftDto request) {
        return new Refund(id, request.getAmount(), request.getReference());
    }

    static TransactionDto toDto(Transaction transaction) {
        return new TransactionDto(transaction.id(), transaction.item(), transaction.price(), transaction.date())
                .customer(transaction.customer())
                .reference(transaction.reference())
                .fingerprint(transaction.fingerprint())
                .refunded(transaction.refunded().signum() == 0 ? null : transaction.refunded())
                .refundOf(transaction.refundOf());
    }

    static TransactionSummaryDto toDto(Total total) {
        return new TransactionSummaryDto(total.items(), total.amount());
    }

    static CrmIntegrationDto toDto(UpstreamListClient.Answer<CrmCustomer> upstream) {
        var customers = upstream.items().stream()
                .map(customer -> new CrmCustomerDto(customer.name(), customer.surname()))
                .toList();
        return new CrmIntegrationDto(upstream.failure() == null, customers, upstream.timestamp())
                .message(upstream.failure());
    }
}
