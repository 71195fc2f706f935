package io.multicloudboutique.client.internal.crm;

import static io.multicloudboutique.client.internal.http.Wire.required;

import io.multicloudboutique.client.crm.Customer;
import io.multicloudboutique.client.crm.CustomerChange;
import io.multicloudboutique.client.crm.CustomerDraft;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps the generated types to the public types of the SDK, and back. */
final class CrmMapping {

    private CrmMapping() {}

    static Customer customer(CustomerDto wire, @Nullable String etag) {
        return new Customer(
                required(wire.getId(), "id"),
                required(wire.getName(), "name"),
                required(wire.getSurname(), "surname"),
                Optional.ofNullable(wire.getEmail()),
                Optional.ofNullable(etag));
    }

    static Customer customer(DeletedCustomerDto wire) {
        return customer(required(wire.getItem(), "item"), null);
    }

    static CustomerDraftDto wire(CustomerDraft customer) {
        return new CustomerDraftDto()
                .name(customer.name())
                .surname(customer.surname())
                .email(customer.email().orElse(null));
    }

    static CustomerChangeDto wire(CustomerChange change) {
        return new CustomerChangeDto()
                .name(change.name().orElse(null))
                .surname(change.surname().orElse(null))
                .email(change.email().orElse(null));
    }
}
