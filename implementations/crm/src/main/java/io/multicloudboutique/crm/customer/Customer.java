package io.multicloudboutique.crm.customer;

import io.multicloudboutique.support.items.Item;
import io.multicloudboutique.support.items.Merge;
import org.jspecify.annotations.Nullable;

/** A customer; others may have the same name and even the same email address. */
record Customer(
        long id, String name, String surname, @Nullable String email, long version) implements Item {

    /** The fields of a customer that people decide about; in a change, what is null stays. */
    record Draft(
            @Nullable String name,
            @Nullable String surname,
            @Nullable String email) {}

    /** What becomes of the customer; an empty email removes it. Equal to this one if nothing changes. */
    Customer changed(Draft change) {
        return new Customer(
                id,
                Merge.value(name, change.name()),
                Merge.value(surname, change.surname()),
                Merge.optional(email, change.email()),
                version);
    }
}
