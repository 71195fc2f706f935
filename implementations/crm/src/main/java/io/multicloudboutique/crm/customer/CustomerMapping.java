package io.multicloudboutique.crm.customer;

import io.multicloudboutique.crm.api.CustomerChange;
import io.multicloudboutique.crm.api.NewCustomer;
import io.multicloudboutique.crm.customer.Customer.Draft;

/** Between the domain and the contract. */
final class CustomerMapping {

    private CustomerMapping() {}

    static Draft draft(NewCustomer request) {
        return new Draft(request.getName(), request.getSurname(), request.getEmail());
    }

    static Draft draft(CustomerChange request) {
        return new Draft(request.getName(), request.getSurname(), request.getEmail());
    }

    static io.multicloudboutique.crm.api.Customer toApi(Customer customer) {
        return new io.multicloudboutique.crm.api.Customer(customer.id(), customer.name(), customer.surname())
                .email(customer.email());
    }
}
