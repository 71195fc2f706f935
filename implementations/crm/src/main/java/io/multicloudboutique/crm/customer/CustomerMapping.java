package io.multicloudboutique.crm.customer;

import io.multicloudboutique.crm.api.CustomerChangeDto;
import io.multicloudboutique.crm.api.CustomerDraftDto;
import io.multicloudboutique.crm.api.CustomerDto;
import io.multicloudboutique.crm.customer.Customer.Draft;

/** Maps between domain records and the generated types of the contract. */
final class CustomerMapping {

    private CustomerMapping() {}

    static Draft draft(CustomerDraftDto request) {
        return new Draft(request.getName(), request.getSurname(), request.getEmail());
    }

    static Draft draft(CustomerChangeDto request) {
        return new Draft(request.getName(), request.getSurname(), request.getEmail());
    }

    static CustomerDto toDto(Customer customer) {
        return new CustomerDto(customer.id(), customer.name(), customer.surname()).email(customer.email());
    }
}
