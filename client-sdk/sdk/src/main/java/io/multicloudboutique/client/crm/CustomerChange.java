package io.multicloudboutique.client.crm;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change to a customer. Fields that are not set keep their values. Immutable. */
public final class CustomerChange {

    private final @Nullable String name;
    private final @Nullable String surname;
    private final @Nullable String email;

    private CustomerChange(@Nullable String name, @Nullable String surname, @Nullable String email) {
        this.name = name;
        this.surname = surname;
        this.email = email;
    }

    /** Returns a change that sets no field. */
    public static CustomerChange none() {
        return new CustomerChange(null, null, null);
    }

    /** Returns a copy that sets the customer's given name, 1 to 200 characters. */
    public CustomerChange withName(String name) {
        return new CustomerChange(Objects.requireNonNull(name, "name"), surname, email);
    }

    /** Returns a copy that sets the customer's family name, 1 to 200 characters. */
    public CustomerChange withSurname(String surname) {
        return new CustomerChange(name, Objects.requireNonNull(surname, "surname"), email);
    }

    /** Returns a copy that sets the email address, at most 254 characters; {@code ""} removes the address. */
    public CustomerChange withEmail(String email) {
        return new CustomerChange(name, surname, Objects.requireNonNull(email, "email"));
    }

    /** The new given name; empty if this change does not set it. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The new family name; empty if this change does not set it. */
    public Optional<String> surname() {
        return Optional.ofNullable(surname);
    }

    /** The new email address, or {@code ""} to remove it; {@code Optional.empty()} if this change does not set it. */
    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomerChange that
                && Objects.equals(name, that.name)
                && Objects.equals(surname, that.surname)
                && Objects.equals(email, that.email);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, surname, email);
    }

    @Override
    public String toString() {
        return "CustomerChange[name=" + name + ", surname=" + surname + ", email=" + email + "]";
    }
}
