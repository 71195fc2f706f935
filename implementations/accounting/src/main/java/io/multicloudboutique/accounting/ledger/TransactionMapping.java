package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.accounting.api.CrmCustomer;
import io.multicloudboutique.accounting.api.CrmIntegration;
import io.multicloudboutique.accounting.api.NewTransaction;
import io.multicloudboutique.accounting.api.TransactionChange;
import io.multicloudboutique.accounting.api.TransactionSummary;
import io.multicloudboutique.accounting.ledger.Transaction.Draft;
import io.multicloudboutique.support.neighbour.Neighbour;
import io.multicloudboutique.support.totals.Totals.Total;

/** Between the domain and the contract. */
final class TransactionMapping {

    private TransactionMapping() {}

    static Draft draft(NewTransaction request) {
        return new Draft(
                request.getItem(),
                request.getPrice(),
                request.getDate(),
                request.getCustomer(),
                request.getReference());
    }

    static Draft draft(TransactionChange request) {
        return new Draft(
                request.getItem(),
                request.getPrice(),
                request.getDate(),
                request.getCustomer(),
                request.getReference());
    }

    static io.multicloudboutique.accounting.api.Transaction toApi(Transaction transaction) {
        return new io.multicloudboutique.accounting.api.Transaction(
                        transaction.id(), transaction.item(), transaction.price(), transaction.date())
                .customer(transaction.customer())
                .reference(transaction.reference());
    }

    static TransactionSummary toApi(Total total) {
        return new TransactionSummary(total.items(), total.amount());
    }

    static CrmIntegration toApi(Neighbour.Answer<io.multicloudboutique.accounting.crm.CrmCustomer> answer) {
        var customers = answer.items().stream()
                .map(customer -> new CrmCustomer(customer.name(), customer.surname()))
                .toList();
        return new CrmIntegration(answer.failure() == null, customers, answer.timestamp()).message(answer.failure());
    }
}
