package io.multicloudboutique.crm.customer;

import io.multicloudboutique.support.items.Item;
import io.multicloudboutique.support.items.Merge;
import org.jspecify.annotations.Nullable;

/** A customer. Several customers can have the same name and the same email address. */
record Customer(
        long id, String name, String surname, @Nullable String email, long version) implements Item {

    /** The fields of a customer that clients can set. In a change, null keeps the current value. */
    record Draft(
            @Nullable String name,
            @Nullable String surname,
            @Nullable String email) {}

    /**
     * Applies a change. An empty email address removes the current address. The result equals this customer if nothing
     * changes.
     */
    Customer changed(Draft change) {
        return new Customer(
                id,
                Merge.value(name, change.name()),
                Merge.value(surname, change.surname()),
                Merge.optional(email, change.email()),
                version);
    }
}
